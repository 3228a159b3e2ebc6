/** System roles of every organization. Sources: role table and permission matrix of the MES, permission matrix of the order workflow. */
const CRUD = ['create', 'read', 'update', 'delete'];
const CRU = ['create', 'read', 'update'];
const R = ['read'];
const READ_FLOOR = { materials: R, boms: R, orders: R, order_boms: R, work_orders: R, work_instructions: R, files: R, reports: R };

export interface RoleSeed {
  role_code: string;
  role_name: string;
  description: string;
  permissions: Record<string, string[]>;
}
export const roleSeeds: RoleSeed[] = [
  { role_code: 'SYSTEM_ADMIN', role_name: 'System administrator', description: 'All organizations, platform health', permissions: { '*': ['*'] } },
  { role_code: 'ORG_ADMIN', role_name: 'Administrator', description: 'Users, roles, settings, catalogue, templates', permissions: { '*': ['*'] } },
  {
    role_code: 'PLANT_MANAGER',
    role_name: 'Plant manager',
    description: 'Everything in the plant; releases and overrides',
    permissions: {
      materials: [...CRUD, 'export'], boms: [...CRUD, 'approve', 'export'], orders: [...CRUD, 'export', 'assign'], order_boms: [...CRU, 'approve', 'export'],
      work_orders: [...CRUD, 'release', 'release_override'], production_logs: CRUD, inspections: CRUD, ncrs: [...CRUD, 'approve'], lanes: CRUD, lots: CRUD,
      shipments: CRUD, reports: [...CRUD, 'export'], work_instructions: CRUD, files: CRU, product_models: R, users: R, audit: R, settings: R, plants: R,
    },
  },
  { role_code: 'DEPARTMENT_HEAD', role_name: 'Department head', description: 'Approvals in the department', permissions: { ...READ_FLOOR, ncrs: ['read', 'approve'], reports: ['read', 'export'] } },
  {
    role_code: 'PLANNER',
    role_name: 'Production coordinator',
    description: 'Creates and edits orders, follows the whole flow, plans work',
    permissions: {
      orders: [...CRU, 'export', 'assign'], order_boms: ['create', 'read', 'export'], materials: [...CRUD, 'export'], boms: [...CRUD, 'export'], product_models: R,
      work_orders: [...CRU, 'release'], production_logs: R, inspections: R, ncrs: R, lanes: CRUD, lots: R, shipments: R, reports: ['create', 'read', 'export'],
      work_instructions: R, files: CRU, comments: CRU,
    },
  },
  {
    role_code: 'SUPERVISOR',
    role_name: 'Supervisor',
    description: 'Starts, pauses and completes work, assigns lanes, hands over',
    permissions: { ...READ_FLOOR, orders: ['read', 'export'], order_boms: ['read', 'export'], work_orders: ['read', 'update', 'execute'], production_logs: CRU, inspections: R, ncrs: ['create', 'read'], lanes: ['read', 'update'], lots: ['read', 'update'], shipments: R, files: ['create', 'read'] },
  },
  {
    role_code: 'OPERATOR',
    role_name: 'Assembler',
    description: 'Claims builds, works tasks, in-process checks, tests, packs',
    permissions: { ...READ_FLOOR, order_boms: ['read', 'export'], work_orders: ['read', 'execute'], production_logs: ['create', 'read'], inspections: ['create', 'read'], ncrs: ['create', 'read'], lanes: R, lots: R, files: ['create', 'read'], comments: ['create', 'read'] },
  },
  {
    role_code: 'QC_INSPECTOR',
    role_name: 'Quality inspector',
    description: 'Pre-QC and final QC, measurements, creates NCR',
    permissions: { ...READ_FLOOR, order_boms: ['read', 'export'], production_logs: R, inspections: CRU, ncrs: CRU, lots: ['read', 'update'], shipments: R, files: ['create', 'read'], comments: CRU },
  },
  {
    role_code: 'QUALITY_MANAGER',
    role_name: 'Quality manager',
    description: 'Inspection plans, limits, NCR review and disposition',
    permissions: { ...READ_FLOOR, production_logs: R, inspections: [...CRUD, 'approve'], ncrs: [...CRUD, 'approve'], lanes: R, lots: CRU, shipments: R, reports: ['create', 'read', 'export'], files: CRU, audit: R },
  },
  { role_code: 'WAREHOUSE', role_name: 'Warehouse', description: 'Lots, receipts, labels, packing', permissions: { ...READ_FLOOR, ncrs: ['create'], lots: CRU, shipments: CRU, files: ['create', 'read'] } },
  { role_code: 'MAINTENANCE', role_name: 'Maintenance', description: 'Machines down and under maintenance', permissions: { ...READ_FLOOR, machines: ['read', 'update', 'execute'], files: ['create', 'read'] } },
  { role_code: 'PROJECT_MANAGER', role_name: 'Project manager', description: 'Documents, milestones, project BOM', permissions: { ...READ_FLOOR, materials: CRUD, boms: CRUD, work_orders: ['create', 'read'], projects: CRUD, ncrs: ['create', 'read'], reports: ['create', 'read', 'export'], files: CRU } },
  { role_code: 'ENGINEER', role_name: 'Engineer', description: 'Materials, BOMs, drawings, work instructions', permissions: { ...READ_FLOOR, materials: [...CRUD, 'export'], boms: [...CRUD, 'approve', 'export'], product_models: R, work_orders: ['create', 'read'], work_instructions: CRUD, ncrs: ['create', 'read'], reports: ['create', 'read', 'export'], files: CRU } },
  {
    role_code: 'PROCUREMENT',
    role_name: 'Procurement specialist',
    description: 'Reviews and approves order BOMs, sends parts out, handles service orders',
    permissions: { ...READ_FLOOR, orders: ['read', 'export'], order_boms: [...CRU, 'approve', 'export'], materials: ['read', 'export'], outsourcing: CRU, lots: CRU, shipments: CRU, service_orders: ['read', 'approve'], files: ['create', 'read'], comments: ['create', 'read'] },
  },
  { role_code: 'SERVICE', role_name: 'Service department', description: 'Orders service parts; no production work', permissions: { materials: R, service_orders: CRU } },
  { role_code: 'TRACKING_ADMIN', role_name: 'Tracking administrator', description: 'IN/OUT movements, work centres, archive', permissions: { ...READ_FLOOR, order_movements: [...CRUD, 'export'], work_centers: CRUD } },
  { role_code: 'VIEWER', role_name: 'Viewer', description: 'Read only', permissions: { ...READ_FLOOR, production_logs: R, inspections: R, ncrs: R, lanes: R, lots: R, shipments: R } },
];
/** Every role but SYSTEM_ADMIN, ORG_ADMIN and SERVICE reads what VIEWER reads (specialists inherit VIEWER); SERVICE sees no production orders. */
