import { type CSSVariablesResolver, createTheme, type MantineColorsTuple, rem } from '@mantine/core';

/** The one accent: a steel blue that keeps 4.5:1 as text on white and under white text. */
const steel: MantineColorsTuple = [
  '#eef4fa',
  '#d9e6f2',
  '#b3cde4',
  '#8ab2d6',
  '#689cc9',
  '#4a83b3',
  '#36719f',
  '#2b6191',
  '#225078',
  '#173a59',
];
/** Neutral dark greys; text on the page keeps AA down to the dimmed one. */
const dark: MantineColorsTuple = [
  '#e3e5e8',
  '#c5c9ce',
  '#a9aeb6',
  '#6c727b',
  '#444951',
  '#363b42',
  '#292d33',
  '#1c1f24',
  '#16181c',
  '#101215',
];

export const themeFor = (scale: number) =>
  createTheme({
    scale,
    colors: { steel, dark },
    primaryColor: 'steel',
    primaryShade: { light: 7, dark: 6 },
    autoContrast: true,
    defaultRadius: 6,
    cursorType: 'pointer',
    focusRing: 'auto',
    respectReducedMotion: true,
    fontFamily: '"Inter Variable", system-ui, sans-serif',
    fontFamilyMonospace: 'ui-monospace, "DejaVu Sans Mono", monospace',
    fontSizes: { xs: rem(12), sm: rem(14), md: rem(15), lg: rem(17), xl: rem(20) },
    headings: { fontWeight: '600' },
    shadows: { xs: 'none', sm: 'none' },
    components: {
      Button: { defaultProps: { size: 'sm' } },
      TextInput: { defaultProps: { size: 'sm' } },
      Modal: {
        defaultProps: { centered: true, transitionProps: { duration: 120 } },
        styles: { title: { fontWeight: 600 } },
      },
      Popover: { defaultProps: { shadow: 'md', transitionProps: { duration: 100 } } },
      Menu: { defaultProps: { shadow: 'md', transitionProps: { duration: 100 } } },
      Tooltip: { defaultProps: { openDelay: 400, withArrow: false } },
      Paper: { defaultProps: { shadow: 'none', withBorder: true } },
      Checkbox: { defaultProps: { size: 'sm' } },
      // A bar that glides to each new figure keeps the whole page painting, sixty times a second, while work goes on.
      Progress: { defaultProps: { transitionDuration: 0 } },
    },
  });

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mw-page': '#f6f7f8',
    '--mw-head': '#f3f4f5',
    '--mw-hairline': '#e9ecef',
    '--mw-hover': '#f3f5f7',
    '--mw-chosen': '#e3edf6',
    '--mantine-color-dimmed': '#5a626b',
    '--mantine-color-placeholder': '#6b737c',
    '--mantine-color-default-border': '#d5d9dd',
    '--mantine-color-error': '#c92a2a',
    '--mantine-color-red-text': '#c92a2a',
    '--mantine-color-orange-text': '#a8400c',
    '--mantine-color-yellow-text': '#7a4f00',
    '--mantine-color-green-text': '#23702f',
    '--mantine-color-teal-text': '#08654b',
    '--mantine-color-red-light-color': '#a51d1d',
    '--mantine-color-orange-light-color': '#8f3608',
    '--mantine-color-yellow-light-color': '#6b4500',
    '--mantine-color-green-light-color': '#1d5f2b',
    '--mantine-color-teal-light-color': '#07563f',
    '--mantine-color-cyan-light-color': '#0a5360',
    '--mantine-color-lime-light-color': '#3d5e06',
  },
  dark: {
    '--mw-page': '#16181c',
    // A button that is off is seen on a card too, which has the grey that Mantine takes for it.
    '--mantine-color-disabled': '#363b42',
    '--mw-head': '#23272c',
    '--mw-hairline': '#292d33',
    '--mw-hover': '#25292f',
    '--mw-chosen': '#1f3448',
    '--mantine-color-dimmed': '#a9aeb6',
    '--mantine-color-placeholder': '#8f959e',
    '--mantine-color-default-border': '#3d434a',
    '--mantine-color-anchor': '#8ab2d6',
    '--mantine-color-error': '#ff8787',
    '--mantine-color-red-text': '#ff8787',
  },
});
