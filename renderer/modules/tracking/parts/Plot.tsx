import { useComputedColorScheme } from '@mantine/core';
import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { formatCount } from '../../../ui/formats.ts';

echarts.use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

export interface Series {
  name: string;
  values: readonly number[];
  color: 'good' | 'warm' | 'accent' | 'bad';
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
}
/** Bars or lines over a row of names; the numbers are in a table beside it. */
export function Plot({ label, kind, categories, series, is_stacked = false, height = 220 }: Props) {
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
        valueFormatter: (value: unknown) => (typeof value === 'number' ? formatCount(value) : String(value)),
      },
      xAxis: {
        type: 'category',
        data: [...categories],
        axisLabel: { color: colors.text },
        axisLine: { lineStyle: { color: colors.line } },
      },
      yAxis: {
        type: 'value',
        minInterval: 1,
        axisLabel: { color: colors.text, formatter: (value: number) => formatCount(value) },
        splitLine: { lineStyle: { color: colors.line } },
      },
      series: series.map(one => ({
        name: one.name,
        type: kind,
        data: [...one.values],
        ...(is_stacked && { stack: 'all' }),
        ...(kind === 'line'
          ? { step: 'end', showSymbol: false, areaStyle: { opacity: 0.12 } }
          : { barMaxWidth: 22 }),
      })),
    });
    const observer = new ResizeObserver(() => chart.resize());
    observer.observe(place.current);
    return () => {
      observer.disconnect();
      chart.dispose();
    };
  }, [scheme, kind, categories, series, is_stacked]);
  return <div ref={place} role="img" aria-label={label} style={{ height, width: '100%' }} />;
}
