CREATE TABLE "order_lines" (
	"id" uuid NOT NULL,
	"organization_id" integer NOT NULL,
	"order_id" uuid NOT NULL,
	"line_number" integer NOT NULL,
	"material_id" uuid NOT NULL,
	"quantity_e6" bigint NOT NULL,
	"approved_quantity_e6" bigint,
	"fulfilled_quantity_e6" bigint DEFAULT 0 NOT NULL,
	"notes" text,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "order_lines_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "order_lines_order_id_material_id_key" UNIQUE NULLS NOT DISTINCT("organization_id","order_id","material_id")
);

CREATE TABLE "operation_task_events" (
	"id" uuid NOT NULL,
	"organization_id" integer NOT NULL,
	"task_id" uuid NOT NULL,
	"event_type" text NOT NULL,
	"user_id" uuid NOT NULL,
	"occurred_at_ms" bigint NOT NULL,
	"worked_seconds" integer DEFAULT 0 NOT NULL,
	"note" text,
	"station_id" text NOT NULL,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "operation_task_events_pkey" PRIMARY KEY("organization_id","id")
);

CREATE TABLE "operation_task_parts" (
	"id" uuid NOT NULL,
	"organization_id" integer NOT NULL,
	"task_id" uuid NOT NULL,
	"material_number" text NOT NULL,
	"material_name" text NOT NULL,
	"from_material_number" text DEFAULT '' NOT NULL,
	"quantity_e6" bigint NOT NULL,
	"uom_code" text NOT NULL,
	"is_confirmed" boolean DEFAULT false NOT NULL,
	"confirmed_at_ms" bigint,
	"confirmed_by" uuid,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "operation_task_parts_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "operation_task_parts_task_id_material_number_from_material_number_key" UNIQUE NULLS NOT DISTINCT("organization_id","task_id","material_number","from_material_number")
);

CREATE TABLE "operation_task_tools" (
	"id" uuid NOT NULL,
	"organization_id" integer NOT NULL,
	"task_id" uuid NOT NULL,
	"tool_id" uuid NOT NULL,
	"is_confirmed" boolean DEFAULT false NOT NULL,
	"confirmed_at_ms" bigint,
	"confirmed_by" uuid,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "operation_task_tools_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "operation_task_tools_task_id_tool_id_key" UNIQUE NULLS NOT DISTINCT("organization_id","task_id","tool_id")
);

CREATE TABLE "operation_tasks" (
	"id" uuid NOT NULL,
	"organization_id" integer NOT NULL,
	"plant_id" uuid NOT NULL,
	"operation_id" uuid NOT NULL,
	"task_code" text NOT NULL,
	"sequence" integer NOT NULL,
	"instruction_id" uuid,
	"group_kind" text,
	"group_index" integer,
	"description" text,
	"after_codes" jsonb NOT NULL,
	"estimated_minutes" integer NOT NULL,
	"is_required" boolean DEFAULT true NOT NULL,
	"is_rework" boolean DEFAULT false NOT NULL,
	"ncr_id" uuid,
	"characteristic_codes" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"carried_from_id" uuid,
	"started_at_ms" bigint,
	"started_by" uuid,
	"is_completed" boolean DEFAULT false NOT NULL,
	"completed_at_ms" bigint,
	"completed_by" uuid,
	"undone_at_ms" bigint,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "operation_tasks_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "operation_tasks_operation_id_task_code_key" UNIQUE NULLS NOT DISTINCT("organization_id","operation_id","task_code")
);

CREATE TABLE "work_order_operations" (
	"id" uuid NOT NULL,
	"organization_id" integer NOT NULL,
	"work_order_id" uuid NOT NULL,
	"operation_number" integer NOT NULL,
	"operation_name" text NOT NULL,
	"bom_id" uuid NOT NULL,
	"configuration_revision" integer NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "work_order_operations_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "work_order_operations_work_order_id_operation_number_key" UNIQUE NULLS NOT DISTINCT("organization_id","work_order_id","operation_number")
);

CREATE TABLE "work_orders" (
	"id" uuid NOT NULL,
	"organization_id" integer NOT NULL,
	"plant_id" uuid NOT NULL,
	"work_order_number" text NOT NULL,
	"order_id" uuid,
	"order_type" text DEFAULT 'ASSEMBLY' NOT NULL,
	"order_status" text DEFAULT 'PLANNED' NOT NULL,
	"planned_quantity_e6" bigint DEFAULT 1000000 NOT NULL,
	"started_at_ms" bigint,
	"completed_at_ms" bigint,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "work_orders_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "work_orders_plant_id_work_order_number_key" UNIQUE NULLS NOT DISTINCT("organization_id","plant_id","work_order_number")
);

CREATE TABLE "batch_numbers" (
	"id" uuid NOT NULL,
	"organization_id" integer NOT NULL,
	"plant_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"material_number" text NOT NULL,
	"batch_number" text NOT NULL,
	"bom_line_id" uuid,
	"basin_index" integer DEFAULT 0 NOT NULL,
	"quantity_e6" bigint,
	"task_id" uuid,
	"captured_by" uuid NOT NULL,
	"captured_at_ms" bigint NOT NULL,
	"captured_with" text DEFAULT 'KEYS' NOT NULL,
	"station_id" text NOT NULL,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "batch_numbers_pkey" PRIMARY KEY("organization_id","id")
);

CREATE TABLE "serial_numbers" (
	"id" uuid NOT NULL,
	"organization_id" integer NOT NULL,
	"plant_id" uuid NOT NULL,
	"material_number" text NOT NULL,
	"serial_number" text NOT NULL,
	"status" text DEFAULT 'INSTALLED' NOT NULL,
	"order_id" uuid,
	"bom_line_id" uuid,
	"basin_index" integer,
	"task_id" uuid,
	"captured_by" uuid NOT NULL,
	"captured_at_ms" bigint NOT NULL,
	"captured_where" text DEFAULT 'BUILD' NOT NULL,
	"captured_with" text DEFAULT 'KEYS' NOT NULL,
	"station_id" text NOT NULL,
	"notes" text,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "serial_numbers_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "serial_numbers_material_number_serial_number_key" UNIQUE NULLS NOT DISTINCT("organization_id","material_number","serial_number")
);

ALTER TABLE "orders" ADD COLUMN "requested_by" uuid;
ALTER TABLE "orders" ADD COLUMN "requested_at_ms" bigint;
ALTER TABLE "orders" ADD COLUMN "expected_on" text;
ALTER TABLE "orders" ADD COLUMN "internal_notes" text;
ALTER TABLE "orders" ADD COLUMN "processed_by" uuid;
ALTER TABLE "orders" ADD COLUMN "processed_at_ms" bigint;
ALTER TABLE "work_instructions" ADD COLUMN "check_codes" jsonb DEFAULT '[]'::jsonb NOT NULL;
CREATE INDEX "order_lines_material_id_index" ON "order_lines" USING btree ("material_id");
CREATE INDEX "operation_task_events_task_id_occurred_at_ms_index" ON "operation_task_events" USING btree ("task_id","occurred_at_ms");
CREATE INDEX "operation_task_events_user_id_index" ON "operation_task_events" USING btree ("user_id");
CREATE INDEX "operation_task_parts_confirmed_by_index" ON "operation_task_parts" USING btree ("confirmed_by");
CREATE INDEX "operation_task_tools_tool_id_index" ON "operation_task_tools" USING btree ("tool_id");
CREATE INDEX "operation_task_tools_confirmed_by_index" ON "operation_task_tools" USING btree ("confirmed_by");
CREATE INDEX "operation_tasks_ncr_id_index" ON "operation_tasks" USING btree ("ncr_id");
CREATE INDEX "operation_tasks_started_by_index" ON "operation_tasks" USING btree ("started_by");
CREATE INDEX "operation_tasks_plant_id_index" ON "operation_tasks" USING btree ("plant_id");
CREATE INDEX "operation_tasks_instruction_id_index" ON "operation_tasks" USING btree ("instruction_id");
CREATE INDEX "operation_tasks_completed_by_index" ON "operation_tasks" USING btree ("completed_by");
CREATE INDEX "work_order_operations_bom_id_index" ON "work_order_operations" USING btree ("bom_id");
CREATE INDEX "work_orders_order_id_index" ON "work_orders" USING btree ("order_id");
CREATE INDEX "work_orders_order_status_index" ON "work_orders" USING btree ("order_status");
CREATE INDEX "batch_numbers_order_id_index" ON "batch_numbers" USING btree ("order_id");
CREATE INDEX "batch_numbers_material_number_batch_number_index" ON "batch_numbers" USING btree ("material_number","batch_number");
CREATE INDEX "batch_numbers_plant_id_index" ON "batch_numbers" USING btree ("plant_id");
CREATE INDEX "batch_numbers_captured_by_index" ON "batch_numbers" USING btree ("captured_by");
CREATE INDEX "serial_numbers_serial_number_index" ON "serial_numbers" USING btree ("serial_number");
CREATE INDEX "serial_numbers_order_id_index" ON "serial_numbers" USING btree ("order_id");
CREATE INDEX "serial_numbers_plant_id_index" ON "serial_numbers" USING btree ("plant_id");
CREATE INDEX "serial_numbers_captured_by_index" ON "serial_numbers" USING btree ("captured_by");
CREATE INDEX "orders_requested_by_index" ON "orders" USING btree ("requested_by");
CREATE INDEX "orders_processed_by_index" ON "orders" USING btree ("processed_by");
