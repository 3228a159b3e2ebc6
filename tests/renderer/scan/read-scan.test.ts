import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasGs1CheckDigit, hibcCheckCharacter } from '../../../renderer/scan/check-digits.ts';
import { readScan } from '../../../renderer/scan/read-scan.ts';
import { EOT, GS, RS } from '../../../renderer/scan/reading.ts';

const unknown = { substitute: '', keeps_separators: false };
const kept = { substitute: '', keeps_separators: true };
const read = (text: string, quirks = unknown) => {
  const found = readScan(text, quirks);
  return 'unreadable' in found ? found.unreadable : found.readings.map(({ facts }) => facts);
};
const SAMPLE = {
  gtin: '51022222233336',
  made_on: '2014-12-31',
  expires_on: '2015-07-07',
  lot_number: 'A213B1',
  serial_number: '1234',
};

describe('check digits', () => {
  it.each([
    '4006381333931',
    '5901234123457',
    '9780201379624',
    '036000291452',
    '012345678905',
    '51022222233336',
  ])('of %s is right', code => expect(hasGs1CheckDigit(code)).toBe(true));
  it('a wrong one is wrong', () => {
    expect(hasGs1CheckDigit('4006381333932')).toBe(false);
    expect(read(']E04006381333932')).toBe('check_wrong');
  });
  it('of HIBC by the table of the standard', () => {
    expect(hibcCheckCharacter('+A123BJC5D6E71')).toBe('G');
    expect(hibcCheckCharacter('+a')).toBeUndefined();
  });
});

describe('GS1', () => {
  const head = '0151022222233336111412311715070710A213B1';
  it.each([
    ['(01)51022222233336(11)141231(17)150707(10)A213B1(21)1234'],
    [`]C1${head}${GS}211234`],
    [`]d2${head}${GS}211234`],
    [`]Q3${GS}${head}${GS}211234`],
    [`${head}${GS}211234`],
  ])('reads %j', text => expect(read(text)).toEqual([SAMPLE]));

  it('reads a substitute for the separator', () => {
    expect(read(`${head}~211234`, { ...kept, substitute: '~' })).toEqual([SAMPLE]);
  });
  it('offers what a lost separator leaves open, and nothing when the scanner is known to send it', () => {
    const found = read(`${head}211234`);
    expect(found).toHaveLength(3);
    expect(found).toContainEqual(SAMPLE);
    expect(read(`${head}211234`, kept)).toEqual([{ ...omit(SAMPLE), lot_number: 'A213B1211234' }]);
  });
  it('does not offer more than three', () => {
    expect(read('0151022222233336102121212121')).toBe('separators_lost');
  });
  it('refuses a wrong check digit and a broken element string', () => {
    expect(read(']C10151022222233337')).toBe('check_wrong');
    expect(read(']C1ABCDEF')).toBe('standard_broken');
    expect(read(']d20151022222233336171599')).toBe('standard_broken');
  });
  it('takes a plain number for what it may be', () => {
    expect(read('4006381333931')).toEqual([{ order_number: '4006381333931' }, { gtin: '04006381333931' }]);
    expect(read('4006381333932')).toEqual([{ order_number: '4006381333932' }]);
    expect(read(']E04006381333931')).toEqual([{ gtin: '04006381333931' }]);
  });

  const inLot = fc.string({ unit: fc.constantFrom(...'ABCDEFGHJK-./'), minLength: 1, maxLength: 20 });
  it('any lot and serial come back with separators, and are among the offered without', () => {
    fc.assert(
      fc.property(inLot, inLot, (lot_number, serial_number) => {
        const facts = { gtin: SAMPLE.gtin, lot_number, serial_number };
        const [a, b] = [`01${SAMPLE.gtin}10${lot_number}`, `21${serial_number}`];
        expect(read(`${a}${GS}${b}`)).toEqual([facts]);
        const open = read(`${a}${b}`);
        if (Array.isArray(open)) expect(open).toContainEqual(facts);
        else expect(open).toBe('separators_lost');
      }),
    );
  });
});
const omit = ({ lot_number: _, serial_number: __, ...rest }: typeof SAMPLE) => rest;

describe('HIBC', () => {
  const coded = (body: string) => body + hibcCheckCharacter(body);
  it('reads primary and secondary data', () => {
    expect(read('+A123BJC5D6E71G')).toEqual([{ item_number: 'BJC5D6E7' }]);
    expect(read(coded('+A99912345/$$52001510X3'))).toEqual([
      { item_number: '1234', expires_on: '2020-01-15', lot_number: '10X3' },
    ]);
    expect(read(coded('+A99912345/$$+7SER-77/16D20111231'))).toEqual([
      { item_number: '1234', serial_number: 'SER-77', made_on: '2011-12-31' },
    ]);
    expect(read(coded('+A99912345/$$8241225LOT9/S77DEFG45'))).toEqual([
      {
        item_number: '1234',
        quantity: 24,
        expires_on: '2025-12-31',
        lot_number: 'LOT9',
        serial_number: '77DEFG45',
      },
    ]);
    expect(read(coded('+$$3251231LOT1L'))).toEqual([{ expires_on: '2025-12-31', lot_number: 'LOT1' }]);
  });
  it('refuses a wrong check character and impossible days', () => {
    expect(read('+A123BJC5D6E71H')).toBe('check_wrong');
    expect(read(coded('+A99912345/$$22530251X'))).toBe('standard_broken');
  });
  it('any change of one character of a code is noticed', () => {
    const code = coded('+A99912345/$$52001510X3');
    const characters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: code.length - 1 }),
        fc.constantFrom(...characters),
        (at, other) => {
          fc.pre(code.charAt(at) !== other && code.charAt(at) !== '/' && code.charAt(at) !== '$');
          const wrong = code.slice(0, at) + other + code.slice(at + 1);
          expect(['check_wrong', 'standard_broken']).toContain(read(wrong));
        },
      ),
    );
  });
});

describe('ISO/IEC 15434', () => {
  const body = `06${GS}P720.215.001${GS}1PVENDOR-7${GS}Q250${GS}1TLOT-9${GS}SX1${GS}KPO-77${GS}4LCN`;
  const facts = {
    item_number: '720.215.001',
    quantity: 250,
    lot_number: 'LOT-9',
    serial_number: 'X1',
    order_number: 'PO-77',
    origin: 'CN',
  };
  it.each([`[)>${RS}${body}${RS}${EOT}`, `[)>${body}`, `]Q1[)>${RS}${body}${RS}${EOT}`])('reads %j', text =>
    expect(read(text)).toEqual([facts]),
  );
  it('refuses an envelope that lost its separators', () => {
    expect(read(`[)>${body.replaceAll(GS, '')}`)).toBe('separators_lost');
  });
  it('reads GS1 elements in it, and a single vendor field as one possibility', () => {
    expect(read(`[)>${RS}05${GS}01${SAMPLE.gtin}${GS}10L1${RS}${EOT}`)).toEqual([
      { gtin: SAMPLE.gtin, lot_number: 'L1' },
    ]);
    expect(read('1P711.100')).toEqual([{ order_number: '1P711.100' }, { item_number: '711.100' }]);
  });
});

it('whatever is scanned gets an answer of at most three readings', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 120 }), fc.boolean(), (text, keeps_separators) => {
      const found = readScan(text, { substitute: '', keeps_separators });
      if ('readings' in found) {
        expect(found.readings.length).toBeGreaterThan(0);
        expect(found.readings.length).toBeLessThanOrEqual(3);
      }
    }),
    { numRuns: 150 },
  );
});
