import { pbkdf2Sync, scryptSync } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from '../../support/station.ts';

const pbkdf2 = (password: string) =>
  `pbkdf2:sha256:1000$saltsalt$${pbkdf2Sync(password, 'saltsalt', 1000, 32, 'sha256').toString('hex')}`;
const scrypt = (password: string) =>
  `scrypt:1024:8:1$pepper$${scryptSync(password, 'pepper', 64, { N: 1024, r: 8, p: 1 }).toString('hex')}`;

export const TABLES: Record<string, { columns: string[]; rows: (string | number | boolean | null)[][] }> = {
  departments: {
    columns: ['id', 'name', 'is_active'],
    rows: [
      [1, 'Production', true],
      [2, 'Assembly', true],
    ],
  },
  work_centers: {
    columns: ['id', 'name', 'is_active'],
    rows: [
      [1, 'WC001 - Assembly', true],
      [2, 'Paint, booth "2"', false],
    ],
  },
  workcenter_department: { columns: ['workcenter_id', 'department_id'], rows: [[1, 1]] },
  users: {
    columns: [
      'id',
      'username',
      'name',
      'department',
      'password_hash',
      'is_admin',
      'is_active',
      'excel_access',
    ],
    rows: [
      [1, 'Old.Admin', 'Old Admin', null, scrypt('admin-Secret-1'), true, true, false],
      [2, 'worker', 'Wor Ker', 'Production', pbkdf2('worker-Secret-1'), false, true, true],
      [3, 'gone', null, 'Production', 'md5$broken', false, false, false],
    ],
  },
  production_orders: {
    columns: [
      'id',
      'production_order',
      'workcenter_id',
      'quantity',
      'order_type',
      'remark',
      'user_id',
      'created_at',
    ],
    rows: [
      [1, 'PO-1', 1, 100, 'IN', 'first | "quoted", and so on', 2, '2025-09-02 18:20:00'],
      [2, 'po-1 ', 1, 30, 'OUT', null, 1, '2025-09-03 05:00:00'],
      [3, 'PO-2', 2, 7, 'IN', '=1+1', 2, '2025-09-03 06:00:00'],
      [4, '  ', 2, 7, 'IN', null, 2, '2025-09-03 07:00:00'],
    ],
  },
};
const cell = (value: string | number | boolean | null): string =>
  value === null ? '' : typeof value === 'string' ? `"${value.replaceAll('"', '""')}"` : String(value);
/** A folder with one CSV file per table. */
export function csvFolder(): string {
  const folder = path.join(temporaryFolder(), 'old-plant');
  mkdirSync(folder);
  for (const [table, { columns, rows }] of Object.entries(TABLES)) {
    const lines = [columns, ...rows.map(row => row.map(cell))].map(line => line.join(','));
    writeFileSync(path.join(folder, `${table}.csv`), `${lines.join('\r\n')}\r\n`);
  }
  return folder;
}
