import { createContext, useContext } from 'react';

/** Office: many rows, mouse and keyboard. Station: few rows, gloves and distance. */
export type Density = 'office' | 'station';
export const DensityContext = createContext<Density>('office');
export const useRowHeight = (): number => (useContext(DensityContext) === 'station' ? 56 : 32);
