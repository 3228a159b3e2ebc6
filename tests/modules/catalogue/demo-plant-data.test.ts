import { Environment } from '@marcbachmann/cel-js';
import { describe, expect, it } from 'vitest';
import {
  assemblies,
  categories,
  codes,
  instructions,
  orders,
  overlay,
  parts,
  plant,
  pump,
  tools,
} from './demo-plant-files.ts';

const componentsOf = (id: string) => overlay[id] ?? assemblies[id]?.components ?? [];
const exists = (id: string) => id in parts || id in assemblies;
const words = (list: string) => list.trim().split(/\s+/);
const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
const duplicates = (list: string[]) => list.filter((value, index) => list.indexOf(value) !== index);
const builds = orders.flatMap(order =>
  order.builds.map(build => ({
    name: `${order.order_number} ${build.build_number}`,
    ...build.configuration,
  })),
);

const accessories = {
  '720.702': words(`T-OA-BINRAIL-24-KIT T-OA-BINRAIL-36-KIT T-OA-BINRAIL-48-KIT T-OA-PFW1236FM-KIT
    T-OA-PFW1218FM-KIT T-OA-PFW1818FM-KIT T-OA-SSSHELF-1812 T-OA-SSSHELF-1812-BOLT-ON-KIT T-OA-SSSHELF-3612
    T-OA-SSSHELF-3612-BOLT-ON-KIT T2-OHL-INSTRO-KIT T-OA-B110505 T-OA-B110807 T-OA-B111105 B210-BLUE
    T2-OA-LT-SSSHELF-LRG T2-OA-LT-SSSHELF-SML T-OA-SSSHELF-LGHT-1812-KIT T-OA-SSSHELF-LGHT-3612-KIT
    T2-OA-CUST-SHELF-HA-SML T2-OA-CUST-SHELF-HA-LRG T-OA-RAIL-SHELF-ADDER-SML T-OA-RAIL-SHELF-ADDER-LRG
    T-OA-FOOTREST-RAIL-KIT T2-OA-DOSINGESK-BTMSHELF`),
  '720.703': words(`T-OA-1BRUSH-ORG-PB-KIT T-OA-6BRUSH-ORG-PB-KIT T-OA-WRK-FLW-PB T-OA-PPRACK-2066
    T-OA-PB-SS-1L-SHLF T-OA-PB-SS-2G-SHLF T-OA-PB-SS-1GLOVE T-OA-PB-SS-2GLOVE T-OA-PB-SS-3GLOVE
    T2-OA-SC-2020-SS T2-OA-SC-2420-SS T2-OA-SC-3020-SS T2-AER-TUBEORG`),
  '720.704': words('T-OA-MLIGHT-PB-KIT T-OA-DIM-MLIGHT-PB-KIT T-OA-TASKLIGHT-PB T-OA-TASKLIGHT-PB-MAG-KIT'),
  '720.705': words(`T-OA-MNT-ARM T-OA-MNT-ARM-1EXT T-OA-MNT-ARM-2EXT T-OA-KB-MOUSE-ARM T-OA-2H-CPUSM
    T-OA-2H-CPULG T-OA-2H-CPUUV T-OA-MMA-PB T-OA-MMA-DUAL T-OA-MMA-LTAB T-OA-MMA-LAP T-OA-MNT-SINGLE-COMBO-PB`),
  '720.707': words('T2-OA-2D-152012-STACKED-KIT T2-OA-PO-SHLF-1212'),
};
const boxes = words('EDR1 ESK1 EDR1-ESK1 EDR2 ESK2 EDR3 ESK3 EDR1-ESK2 EDR2-ESK1').map(
  box => `T2-CTRL-${box}`,
);
const panels = words('3436 4836 6036 7236 8436 9636 10836 12036').map(size => `T2-ADW-PB-${size}`);
const pegboardKits = panels.flatMap(panel =>
  words('GREEN BLACK YELLOW GREY RED BLUE ORANGE WHITE').flatMap(color =>
    ['PERF', 'SOLID'].map(type => ({ id: `${panel}-${color}-${type}-KIT`, panel, color })),
  ),
);
const ruleAssemblies = words(`T2-STD-MANUAL-EN-KIT T2-STD-MANUAL-FR-KIT T2-STD-MANUAL-SP-KIT
  T2-BODY-48-60-HA T2-BODY-61-72-HA T2-BODY-73-120-HA
  T2-DL27-KIT T2-DL14-KIT T2-LC1-KIT T2-DL27-FH-KIT T2-DL14-FH-KIT T2-LEVELING-CASTOR-475 T2-SEISMIC-FEET
  T2-OHL-MDRD-KIT T2-ADW-PB-PERF-KIT T2-ADW-PB-SOLID-KIT T2-BSN-ESK-KIT T2-BSN-EDR-KIT T2-BSN-ESK-DI-KIT
  T2-ADW-BASIN20X20X8 T2-ADW-BASIN24X20X8 T2-ADW-BASIN24X20X10 T2-ADW-BASIN30X20X8 T2-ADW-BASIN30X20X10
  T2-OA-MS-1026 T2-OA-BASIN-LIGHT-EDR-KIT T2-OA-BASIN-LIGHT-ESK-KIT
  T2-OA-STD-FAUCET-WB-KIT T2-OA-PRE-RINSE-FAUCET-KIT T2-OA-DI-GOOSENECK-FAUCET-KIT
  T2-OA-WATERGUN-TURRET-KIT T2-OA-WATERGUN-ROSETTE-KIT T2-OA-AIRGUN-TURRET-KIT T2-OA-AIRGUN-ROSETTE-KIT`);
const taskAndPackingIds =
  words(`T2-BSN-OHL-BTN T2-BOTTOM-FILL DER-1899-14-CC 95400 T2-BSN-OVFL T2-VALVE-PLATE-AUK
  T2-VALVE-PLATE-AUK-DI T2-EMERGSTOP-BTN T2-TS7 T8-KIT-ESK-DOSE T2-ESK-TEMP-KIT DPF1K00-010006 DPF1C00-012016
  T-CBD6SH00040A-709 T2-PWRBAR-KIT T2-OA-SINK-STRAINER FLX-CMD-1.5X25 T2-HS-CLMP-1.5-2 T2-EDR-TEMP-KIT
  T2-DRAIN-VALVE T2-DRAIN-BSKT T2-DRAIN-BSKT-SEAL T8-DOSINGESK 64-20900-00 B-0133 B-0230-K PFX146332 B-2342
  BL-4350-01 BL-5500-07 BL-4500-02 BL-4249 IFU.T2.SinkInstUser IFU.T2.SinkInstUserFR IFU.T2.ESinkInstUserFR
  T2-ADW-LINAKFRAME-8 T2-ADW-LINAKFRAME-10 22MP20026 708.77`);

describe('demo catalogue', () => {
  it('holds every item the rule tables name', () => {
    const orderable = [...ruleAssemblies, ...Object.values(accessories).flat(), ...boxes, ...panels];
    expect(orderable.filter(id => !(id in assemblies))).toEqual([]);
    expect(taskAndPackingIds.filter(id => !exists(id))).toEqual([]);
    expect(parts).toHaveProperty(['708.77']);
    expect(Object.keys(categories)).toEqual(['718', '719', '720', '721', '722', '723']);
  });

  it('lists the accessories in the order of their 700-series numbers', () => {
    for (const [code, ids] of Object.entries(accessories)) {
      expect(categories['720']?.subcategories[code]?.assembly_refs).toEqual(ids);
    }
    expect(Object.values(accessories).map(ids => ids.length)).toEqual([25, 13, 4, 12, 2]);
  });

  it('has 128 coloured pegboard kits of panel, grommet and colour', () => {
    expect(pegboardKits).toHaveLength(128);
    for (const { id, panel, color } of pegboardKits) {
      const lines = assemblies[id]?.components ?? [];
      expect(
        lines.map(line => line.part_id),
        id,
      ).toEqual([panel, '22MP20026', '708.77']);
      expect(lines[2]?.notes, id).toBe(color);
    }
    for (const id of ['T2-ADW-PB-PERF-KIT', 'T2-ADW-PB-SOLID-KIT']) {
      expect(componentsOf(id).map(line => line.part_id)).toEqual(['T2-ADW-PB-12036', '22MP20026']);
    }
  });

  it('fills the nine control boxes through the overlay alone', () => {
    expect(Object.keys(overlay).sort()).toEqual([...boxes].sort());
    expect(boxes.flatMap(box => assemblies[box]?.components ?? [])).toEqual([]);
    expect(sum(boxes.map(box => componentsOf(box).length))).toBe(134);
    const cables = boxes.map(box => componentsOf(box).find(line => line.part_id === 'T2-M8-3P-MP-STR-0.61M'));
    expect(cables.map(line => line?.quantity)).toEqual([5, 10, 15, 10, 20, 15, 30, 25, 20]);
  });

  it('resolves every component, without cycle or repeated row, at least three levels deep', () => {
    const depthOf = (id: string, path: string[]): number => {
      expect(path, 'cycle').not.toContain(id);
      expect(exists(id), id).toBe(true);
      const lines = componentsOf(id);
      expect(duplicates(lines.map(line => line.part_id)), id).toEqual([]);
      return lines.length ? 1 + Math.max(...lines.map(line => depthOf(line.part_id, [...path, id]))) : 0;
    };
    const depths = [...Object.keys(assemblies), ...Object.keys(overlay)].map(id => depthOf(id, []));
    expect(Math.max(...depths)).toBeGreaterThanOrEqual(3);
  });

  it('files every assembly under a category that exists, and leaves no part unused', () => {
    for (const [id, { category_code, subcategory_code, is_kit, type }] of Object.entries(assemblies)) {
      expect(categories[category_code]?.subcategories, id).toHaveProperty([subcategory_code]);
      expect(is_kit, id).toBe(type === 'KIT');
    }
    const groups = Object.values(categories).flatMap(category => Object.values(category.subcategories));
    expect(groups.flatMap(group => group.assembly_refs).filter(id => !(id in assemblies))).toEqual([]);
    expect(groups.flatMap(group => duplicates(group.assembly_refs))).toEqual([]);
    const used = new Set(
      [...Object.keys(assemblies), ...Object.keys(overlay)].flatMap(id =>
        componentsOf(id).map(line => line.part_id),
      ),
    );
    expect(Object.keys(parts).filter(id => !used.has(id) && !(id in assemblies))).toEqual([]);
  });

  it('numbers the rule items as the decision tables do', () => {
    expect(Object.values(codes).filter(id => !(id in assemblies))).toEqual([]);
    expect(codes).toMatchObject({
      '701.1': 'T2-STD-MANUAL-EN-KIT',
      '706.58': 'T2-OA-STD-FAUCET-WB-KIT',
      '706.68': 'T2-OA-BASIN-LIGHT-ESK-KIT',
      '709.84': 'T2-BODY-73-120-HA',
      '711.100': 'T2-DL27-FH-KIT',
      '713.107': 'T2-BSN-EDR-KIT',
      '715.127': 'T2-ADW-PB-12036',
      '716.131': 'T2-ADW-PB-SOLID-KIT',
      '719.184': 'T2-CTRL-EDR2-ESK1',
    });
  });

  it('shows the awkward cases a real catalogue has', () => {
    const ids = Object.keys(parts);
    expect(ids.length).toBeGreaterThan(200);
    expect(ids.filter(id => id in assemblies).length).toBeGreaterThan(10);
    expect(ids.filter(id => /^[\d.]+$/.test(id)).length).toBeGreaterThan(3);
    expect(ids.some(id => id.includes('/')) && ids.some(id => id.includes('"'))).toBe(true);
    for (const sign of ['é', 'Ø', 'µ', '°'])
      expect(
        Object.values(parts).some(part => part.name.includes(sign)),
        sign,
      ).toBe(true);
    const quantities = Object.values(assemblies).flatMap(row => row.components.map(line => line.quantity));
    expect(quantities.filter(quantity => quantity > 1).length).toBeGreaterThan(150);
    const services = Object.values(assemblies).filter(row => row.type === 'SERVICE_PART');
    expect(services.length).toBeGreaterThanOrEqual(40);
  });
});

describe('demo work instructions', () => {
  const rows = {
    basins: { basin_type: 'string', has_basin_light: 'bool', has_p_trap_drain: 'bool' },
    faucets: { faucet_type: 'string' },
    sprayers: { sprayer_type: 'string' },
    accessories: { item_id: 'string' },
  };
  const environment = () => {
    const answers = new Environment()
      .registerVariable('has_pegboard', 'bool')
      .registerVariable('legs_type', 'string')
      .registerVariable('feet_type', 'string');
    for (const [group, fields] of Object.entries(rows))
      answers.registerType(group, { fields }).registerVariable(group, `list<${group}>`);
    return answers;
  };
  const verdict = (language: Environment, expression: string) => {
    const { valid, type, error } = language.check(expression);
    return { expression, valid, type, problem: error?.message };
  };
  const boolean = (expression: string) => ({ expression, valid: true, type: 'bool', problem: undefined });

  it('covers every task family once', () => {
    const wanted = words(`A01 A02 A03 A04 A05 A06 B1 B2 B3 B4 B5 B6 B7 B8 B9 B10 B11 B12 B13
      C01 C02 C03 C04 C05 D1 D2 E1 F01 F02 F03`);
    expect(instructions.map(row => row.code)).toEqual(wanted);
    expect(instructions.map(row => row.form_id)).toEqual(wanted.map(code => `WI-${code}`));
  });

  it('has conditions that parse and are boolean', () => {
    for (const row of instructions) {
      expect(verdict(environment(), row.applies_when)).toEqual(boolean(row.applies_when));
      expect(row.for_each_when === null || row.for_each !== null, row.code).toBe(true);
      if (row.for_each === null || row.for_each_when === null) continue;
      const language = environment().registerVariable('it', row.for_each);
      expect(verdict(language, row.for_each_when)).toEqual(boolean(row.for_each_when));
    }
    expect(verdict(environment(), 'basins.exists(b, b.basin_kind == 1)').valid).toBe(false);
  });

  it('gives a pegboard build its pegboard task and a plain build none', () => {
    const applicable = (build: (typeof builds)[number]) =>
      instructions.filter(row => environment().evaluate(row.applies_when, build)).map(row => row.code);
    const [plain] = builds.filter(build => !build.has_pegboard && build.legs_type === 'FIXED_HEIGHT');
    const [full] = builds.filter(
      build => build.has_pegboard && build.sprayers.length > 0 && build.accessories.length > 0,
    );
    if (!plain || !full) throw new Error('the demo orders lack a plain or a full build');
    expect(applicable(plain)).not.toEqual(expect.arrayContaining(['A04']));
    expect(applicable(plain)).not.toEqual(expect.arrayContaining(['C02']));
    expect(applicable(full)).toEqual(expect.arrayContaining(['A04', 'A05', 'C02', 'D1', 'D2', 'E1']));
  });

  it('refers to known tools, items and earlier tasks, and adds up its minutes', () => {
    const toolNames = tools.map(tool => tool.name.en);
    expect(duplicates(toolNames)).toEqual([]);
    expect(toolNames.length).toBeGreaterThanOrEqual(12);
    const finished = new Set<string>();
    for (const row of instructions) {
      expect(
        row.tools.filter(name => !toolNames.includes(name)),
        row.code,
      ).toEqual([]);
      expect(
        row.material_numbers.filter(id => !exists(id)),
        row.code,
      ).toEqual([]);
      expect(row.material_number === null || exists(row.material_number), row.code).toBe(true);
      expect(
        row.steps.map(step => step.step_number),
        row.code,
      ).toEqual(row.steps.map((_, index) => index + 1));
      expect(sum(row.steps.map(step => step.estimated_minutes)), row.code).toBe(row.estimated_minutes);
    }
    // B9 waits for C01, so the order of work is not the order of codes
    for (let round = 0; round < instructions.length; round++) {
      for (const row of instructions) if (row.after.every(code => finished.has(code))) finished.add(row.code);
    }
    expect([...finished].sort()).toEqual(instructions.map(row => row.code).sort());
  });

  it('is translated, not copied', () => {
    const translated = instructions.flatMap(row => [
      row.title,
      row.description,
      ...row.steps.map(step => step.description),
    ]);
    expect(translated.filter(row => row.en === row.fr || row.en === row.es || row.fr === row.es)).toEqual([]);
  });
});

describe('demo orders', () => {
  it('has twelve orders in three languages over all leg kits', () => {
    expect(orders).toHaveLength(12);
    expect(duplicates(orders.map(order => order.order_number))).toEqual([]);
    expect(orders.flatMap(order => duplicates(order.builds.map(build => build.build_number)))).toEqual([]);
    expect(new Set(orders.map(order => order.document_language)).size).toBe(3);
    expect(new Set(builds.map(build => `${build.legs_type} ${build.legs_model}`)).size).toBe(5);
    expect(builds.some(build => build.pegboard_size_type === 'CUSTOM')).toBe(true);
    expect(builds.some(build => build.basins.some(row => row.size === 'CUSTOM'))).toBe(true);
  });

  it.each(builds)('$name keeps the rules V1 to V9', build => {
    const basinCount = Number(build.sink_model.slice(-1));
    const faucetCount = sum(build.faucets.map(row => row.quantity));
    const gooseneckCount = sum(
      build.faucets.filter(row => row.faucet_type.startsWith('GOOSENECK')).map(row => row.quantity),
    );
    expect(build.basins).toHaveLength(basinCount);
    if (build.legs_model === 'LC1') expect(build.legs_type).toBe('HEIGHT_ADJUSTABLE');
    const board = [build.pegboard_color, build.pegboard_type, build.pegboard_size_type];
    expect(board.map(answer => answer !== null)).toEqual(board.map(() => build.has_pegboard));
    const boardSize = [build.pegboard_width_in, build.pegboard_length_in];
    expect(boardSize.map(answer => answer !== null)).toEqual(
      boardSize.map(() => build.pegboard_size_type === 'CUSTOM'),
    );
    expect(faucetCount).toBeLessThanOrEqual(basinCount === 3 ? 3 : 2);
    if (basinCount === 1) expect(build.faucets.map(row => row.placement)).not.toContain('BETWEEN_BASINS');
    expect(gooseneckCount).toBeGreaterThanOrEqual(
      build.basins.filter(row => row.basin_type === 'E_SINK_DI').length,
    );
    expect(sum(build.sprayers.map(row => row.quantity))).toBeLessThanOrEqual(2);
    expect(sum(build.basins.map(row => row.width_in))).toBeLessThanOrEqual(build.sink_length_in);
    for (const row of build.basins) {
      const size = `${row.width_in}X${row.length_in}X${row.depth_in}`;
      const isStandard = `T2-ADW-BASIN${size}` in assemblies;
      expect(row.size).toBe(isStandard ? size : 'CUSTOM');
    }
    const chosen = build.accessories.map(row => row.item_id);
    expect(chosen.filter(id => !Object.values(accessories).flat().includes(id))).toEqual([]);
    expect(duplicates(chosen)).toEqual([]);
  });
});

describe('demo people and pump family', () => {
  it('has an administrator who must change the password and a coordinator', () => {
    const named = Object.fromEntries(plant.people.map(row => [row.username, row]));
    expect(named.admin).toMatchObject({ roles: ['ORG_ADMIN'], must_change_password: true });
    expect(named['a.roy']).toMatchObject({
      full_name: 'Amélie Roy',
      initials: 'AR',
      roles: ['PLANNER'],
      locale: 'en',
    });
    for (const key of ['username', 'initials', 'email', 'pin'] as const) {
      expect(duplicates(plant.people.map(row => row[key]))).toEqual([]);
    }
  });

  it('places people in departments of their plant', () => {
    const departments = plant.departments.map(row => `${row.plant_code} ${row.dept_code}`);
    expect(duplicates(departments)).toEqual([]);
    expect(plant.people.filter(row => !departments.includes(`${row.plant_code} ${row.department}`))).toEqual(
      [],
    );
    const plantCodes = plant.plants.map(row => row.plant_code);
    expect(plant.departments.filter(row => !plantCodes.includes(row.plant_code))).toEqual([]);
  });

  it('describes the pump with materials and units that exist', () => {
    const uomOf = new Map(pump.materials.map(row => [row.material_number, row.uom]));
    for (const bom of pump.boms) {
      expect(uomOf.get(bom.material_number)).toBe(bom.uom);
      for (const line of bom.lines) expect(uomOf.get(line.component), line.component).toBe(line.uom);
    }
    expect(pump.boms.map(row => row.material_number)).toEqual([
      'PUMP',
      'FRAME',
      'BRACKET',
      'PAINTKIT',
      'MOTOR',
    ]);
    expect(pump.materials.filter(row => exists(row.material_number))).toEqual([]);
  });
});
