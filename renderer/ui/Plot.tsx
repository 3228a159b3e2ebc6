import { useComputedColorScheme } from '@mantine/core';
import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { formatCount, formatNumber, formatPercent } from './formats.ts';

echarts.use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

export interface Series {
  name: string;
  /** Where there is nothing to show, nothing is drawn. */
  values: readonly (number | null)[];
  color: 'good' | 'warm' | 'accent' | 'bad';
  /** Drawn as points on a line, over the bars of the others. */
  is_points?: boolean;
  /** A share from 0 to 1, on an axis of its own. */
  is_share?: boolean;
}
const COLORS = {
  light: {
    good: '#2f8a3c',
    warm: '#c2560c',
    accent: '#2b6191',
    bad: '#c92a2a',
    text: '#3b424a',
    line: '#e1e4e8',
  },
  dark: {
    good: '#69c177',
    warm: '#f0a35e',
    accent: '#7fb0dc',
    bad: '#ff8787',
    text: '#c5c9ce',
    line: '#363b42',
  },
};
interface Props {
  /** Says what is drawn, for screen readers. */
  label: string;
  kind: 'bar' | 'line';
  categories: readonly string[];
  series: readonly Series[];
  is_stacked?: boolean;
  height?: number;
  /** Of the numbers on the axis. */
  decimals?: number;
}
const NAMES_IN_FULL = 12;
const AXES_PX = 90;
const GAP_PX = 8;
const LEAST_PX = 72;
const LEANING_PX = 130;
/** Few names are written in full, each in lines as wide as its place; where that would break words they lean. */
function namesWithin(plot_px: number, names: number) {
  const place_px = (plot_px - AXES_PX) / names - GAP_PX;
  const isNarrow = place_px < LEAST_PX;
  return {
    interval: 0,
    rotate: isNarrow ? 32 : 0,
    width: isNarrow ? LEANING_PX : place_px,
    overflow: isNarrow ? ('truncate' as const) : ('break' as const),
    fontSize: 11,
    lineHeight: 13,
  };
}
/** Bars or lines over a row of names; the numbers are in a table beside it. */
export function Plot({
  label,
  kind,
  categories,
  series,
  is_stacked = false,
  height = 220,
  decimals = 0,
}: Props) {
  const place = useRef<HTMLDivElement>(null);
  const scheme = useComputedColorScheme('light');
  useEffect(() => {
    if (!place.current) return;
    const colors = COLORS[scheme];
    const chart = echarts.init(place.current, undefined, { renderer: 'svg' });
    chart.setOption({
      animation: false,
      textStyle: { fontFamily: 'Inter Variable, system-ui, sans-serif', color: colors.text },
      color: series.map(one => colors[one.color]),
      grid: { left: 8, right: 12, top: 32, bottom: 8, containLabel: true },
      legend: { top: 0, left: 0, textStyle: { color: colors.text }, itemHeight: 10 },
      tooltip: {
        trigger: 'axis',
        renderMode: 'richText',
      },
      xAxis: {
        type: 'category',
        data: [...categories],
        axisLabel: {
          color: colors.text,
          ...(categories.length <= NAMES_IN_FULL && namesWithin(chart.getWidth(), categories.length)),
        },
        axisLine: { lineStyle: { color: colors.line } },
      },
      yAxis: [
        {
          type: 'value',
          ...(decimals === 0 && { minInterval: 1 }),
          axisLabel: { color: colors.text, formatter: (value: number) => formatCount(value) },
          splitLine: { lineStyle: { color: colors.line } },
        },
        {
          type: 'value',
          show: series.some(one => one.is_share),
          min: 0,
          max: 1,
          axisLabel: { color: colors.text, formatter: (value: number) => formatPercent(value) },
          splitLine: { show: false },
        },
      ],
      series: series.map(one => ({
        name: one.name,
        data: [...one.values],
        yAxisIndex: one.is_share ? 1 : 0,
        tooltip: {
          valueFormatter: (value: unknown) =>
            typeof value !== 'number'
              ? '–'
              : one.is_share
                ? formatPercent(value)
                : formatNumber(value, decimals),
        },
        ...(is_stacked && { stack: 'all' }),
        ...lookOf(one, kind),
      })),
    });
    const observer = new ResizeObserver(() => {
      chart.resize();
      if (categories.length <= NAMES_IN_FULL)
        chart.setOption({ xAxis: { axisLabel: namesWithin(chart.getWidth(), categories.length) } });
    });
    observer.observe(place.current);
    return () => {
      observer.disconnect();
      chart.dispose();
    };
  }, [scheme, kind, categories, series, is_stacked, decimals]);
  return <div ref={place} role="img" aria-label={label} style={{ height, width: '100%' }} />;
}

function lookOf({ is_points }: Series, kind: 'bar' | 'line') {
  if (is_points) return { type: 'line', symbolSize: 6, connectNulls: true };
  if (kind === 'line') return { type: 'line', step: 'end', showSymbol: false, areaStyle: { opacity: 0.12 } };
  return { type: 'bar', barMaxWidth: 22 };
}
