import path from 'node:path';
import { expect as base, type Page } from '@playwright/test';
import type { DocumentName } from '../../preload/contract/document-data.ts';
import type { PEOPLE } from '../e2e/fixtures.ts';
import type { GuidePlant } from './guide-plant.ts';

/** A busy machine is slow, not wrong. */
export const expect = base.configure({ timeout: 20_000 });
export const images = path.resolve(import.meta.dirname, '../../docs/images');

interface Named {
  /** Of the file in docs/images, without its ending. */
  name: string;
}
/** What somebody sees: where, after what, and what is cut out of it. */
export interface ScreenPicture extends Named {
  who: keyof typeof PEOPLE;
  /** `{record}` stands for the id that the plant gives it. */
  route: string;
  /** What happened at the station before. */
  prepare?: (plant: GuidePlant) => void;
  /** Ends when everything the picture is about is on the screen. */
  open: (page: Page, plant: GuidePlant) => Promise<unknown>;
  /** Selector of what alone is shown; the whole window where it is left out. */
  cut?: string;
}
/** A page of the PDF that the station makes of a build. */
export interface PaperPicture extends Named {
  document: DocumentName;
  record: string;
  page: number;
}
/** The dots that the commands for the printer draw, of the newest label with that text. */
export interface LabelPicture extends Named {
  label: { includes: string; width_mm: number; height_mm: number };
}
export type Picture = ScreenPicture | PaperPicture | LabelPicture;
