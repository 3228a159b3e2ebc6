import { useLocalStorage } from '@mantine/hooks';

export type Density = 'office' | 'station';
export const ROW_HEIGHT_PX: Record<Density, number> = { office: 32, station: 56 };

/** Office for desks, station for the shop floor; remembered per computer. */
export function useDensity() {
  const [density, setDensity] = useLocalStorage<Density>({
    key: 'millwright.density',
    defaultValue: 'office',
    getInitialValueInEffect: false,
  });
  return {
    density,
    setDensity,
    row_px: ROW_HEIGHT_PX[density],
    width_factor: density === 'station' ? 1.4 : 1,
  };
}
