import { readFileSync } from 'node:fs';
import path from 'node:path';
import { faultsOf } from './faults.ts';
import { expect, PEOPLE, signIn, test, visit } from './fixtures.ts';

test.use({ story: 'instruction-editor', viewport: { width: 1280, height: 720 } });

const picture = path.resolve(import.meta.dirname, '../../resources/icons/icon.png');

test('an engineer writes a new version with a marked picture, the manager approves it, an assembler confirms it', async ({
  browser,
  station,
}) => {
  const engineer = await (await browser.newContext()).newPage();
  await signIn(engineer, station, PEOPLE.engineer);
  await engineer.getByRole('link', { name: 'Work instructions' }).click();
  await engineer.getByRole('link', { name: 'A01', exact: true }).click();
  await engineer.getByRole('button', { name: 'New version' }).click();
  await expect(engineer.getByText('Draft · Version 2')).toBeVisible();

  const condition = engineer.getByLabel('Applies to');
  await condition.fill('has_pegboard &&');
  await expect(engineer.getByText(/Not a condition/)).toBeVisible();
  await condition.fill('has_pegboard');
  await expect(engineer.getByText(/This means:/)).toBeVisible();
  await condition.fill('true');

  const step = engineer.getByRole('group', { name: 'Step 1', exact: true });
  await step.getByLabel('Description').fill('Measure the body twice with the calipers');
  await step.getByLabel('Safety').fill('Wear gloves: edges are sharp');
  await step.locator('input[type=file]').setInputFiles({
    name: 'body.png',
    mimeType: 'image/png',
    buffer: readFileSync(picture),
  });
  const board = step.getByTestId('drawing-board');
  await expect(board.getByRole('img')).toBeVisible({ timeout: 30_000 });
  await board.scrollIntoViewIfNeeded();
  const box = await board.boundingBox();
  if (!box) throw new Error('no board');
  await engineer.mouse.move(box.x + 60, box.y + 60);
  await engineer.mouse.down();
  await engineer.mouse.move(box.x + 220, box.y + 180);
  await engineer.mouse.up();
  await step.getByLabel('Arrow 1: Text').fill('measure here');
  await engineer.getByLabel('What changes').fill('Calipers are read twice');
  await engineer.getByRole('button', { name: 'Save draft' }).click();
  await expect(engineer.getByRole('button', { name: 'Save draft' })).toBeDisabled();
  await expect(engineer.getByRole('button', { name: 'Approve' })).toHaveCount(0);
  await engineer.getByRole('button', { name: 'Preview in a pack' }).click();
  await expect(engineer.getByRole('listitem', { name: 'A01 Applies' })).toContainText('Draft 2');
  await engineer.getByRole('tab', { name: 'Pages' }).click();
  const pack = engineer.frameLocator('iframe[title="The document for reading"]');
  await expect(pack.getByText(/A01 versi[oó]n 2/).first()).toBeAttached();
  await expect(pack.getByText('measure here')).toBeAttached();
  await engineer.goBack();
  await expect(engineer.getByText('Draft · Version 2')).toBeVisible();
  expect(await faultsOf(engineer)).toEqual([]);
  const draft = new URL(engineer.url()).hash.slice(1);

  const manager = await (await browser.newContext()).newPage();
  await signIn(manager, station, PEOPLE.manager);
  await expect(manager.getByRole('navigation', { name: 'Main' })).toBeVisible();
  await visit(manager, draft);
  await manager.getByRole('button', { name: 'Approve' }).click();
  await expect(manager.getByText('Approved · Version 2')).toBeVisible();
  await expect(manager.getByText(/Version 1.*Superseded/)).toBeVisible();

  const operator = await (await browser.newContext()).newPage();
  await signIn(operator, station, PEOPLE.operator);
  await expect(operator.getByRole('banner')).toBeVisible();
  await visit(operator, draft.replace('/edit', ''));
  await expect(operator.getByText('Measure the body twice with the calipers')).toBeVisible();
  await expect(operator.getByRole('img', { name: 'Measure the body twice' })).toBeVisible();
  await operator.getByRole('button', { name: 'Read and understood' }).click();
  await expect(operator.getByText('You confirmed this version')).toBeVisible();
});
