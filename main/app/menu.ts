import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import { menuTexts } from './menu-texts.ts';

export interface MenuActions {
  /** Told to the page, which opens the screen. */
  tellPage(action: string): void;
  checkForUpdates(): void;
}

/** File, Edit, View, Help. On macOS the first menu bears the name of the program, as users expect there. */
export function setMenu(actions: MenuActions): void {
  const t = menuTexts(app.getLocale());
  const line: MenuItemConstructorOptions = { type: 'separator' };
  const template: MenuItemConstructorOptions[] = [
    {
      label: t.file,
      submenu: [
        { label: t.print, accelerator: 'CmdOrCtrl+P', click: () => actions.tellPage('print') },
        line,
        { label: t.quit, role: 'quit' },
      ],
    },
    {
      label: t.edit,
      submenu: [
        { label: t.undo, role: 'undo' },
        { label: t.redo, role: 'redo' },
        line,
        { label: t.cut, role: 'cut' },
        { label: t.copy, role: 'copy' },
        { label: t.paste, role: 'paste' },
        { label: t.select_all, role: 'selectAll' },
      ],
    },
    {
      label: t.view,
      submenu: [
        // The page listens to the keys itself; the menu only names them.
        {
          label: t.commands,
          accelerator: 'CmdOrCtrl+K',
          registerAccelerator: false,
          click: () => actions.tellPage('open_command_palette'),
        },
        { label: t.reload, role: 'reload' },
        line,
        { label: t.zoom_reset, role: 'resetZoom' },
        { label: t.zoom_in, role: 'zoomIn' },
        { label: t.zoom_out, role: 'zoomOut' },
        { label: t.full_screen, role: 'togglefullscreen' },
        ...(app.isPackaged
          ? []
          : [line, { label: t.developer, role: 'toggleDevTools' } satisfies MenuItemConstructorOptions]),
      ],
    },
    {
      label: t.help,
      role: 'help',
      submenu: [
        { label: t.diagnostics, click: () => actions.tellPage('open_diagnostics') },
        { label: t.updates, click: () => actions.checkForUpdates() },
        line,
        { label: t.about, click: () => actions.tellPage('open_about') },
      ],
    },
  ];
  if (process.platform === 'darwin') template.unshift({ role: 'appMenu' });
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
