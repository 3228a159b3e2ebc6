CREATE TABLE "movement_archives" (
	"id" uuid NOT NULL,
	"organization_id" integer NOT NULL,
	"plant_id" uuid NOT NULL,
	"order_number" text NOT NULL,
	"order_key" text NOT NULL,
	"work_center_id" uuid NOT NULL,
	"until_at_ms" bigint NOT NULL,
	"movements" integer NOT NULL,
	"in_quantity" bigint NOT NULL,
	"out_quantity" bigint NOT NULL,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "movement_archives_pkey" PRIMARY KEY("organization_id","id")
);

CREATE TABLE "order_movements" (
	"id" uuid NOT NULL,
	"organization_id" integer NOT NULL,
	"plant_id" uuid NOT NULL,
	"order_number" text NOT NULL,
	"order_key" text NOT NULL,
	"work_center_id" uuid NOT NULL,
	"movement_type" text NOT NULL,
	"quantity" integer NOT NULL,
	"remark" text,
	"user_id" uuid NOT NULL,
	"occurred_at_ms" bigint NOT NULL,
	"order_id" uuid,
	"source" text DEFAULT 'SCREEN' NOT NULL,
	"station_id" text NOT NULL,
	"corrects_id" uuid,
	"correction_reason" text,
	"flag" text,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "order_movements_pkey" PRIMARY KEY("organization_id","id")
);

CREATE TABLE "work_center_departments" (
	"id" uuid NOT NULL,
	"organization_id" integer NOT NULL,
	"work_center_id" uuid NOT NULL,
	"department_id" uuid NOT NULL,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "work_center_departments_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "work_center_departments_work_center_id_department_id_key" UNIQUE NULLS NOT DISTINCT("organization_id","work_center_id","department_id")
);

CREATE TABLE "work_centers" (
	"id" uuid NOT NULL,
	"organization_id" integer NOT NULL,
	"plant_id" uuid NOT NULL,
	"work_center_code" text NOT NULL,
	"work_center_name" text NOT NULL,
	"work_center_type" text DEFAULT 'ASSEMBLY' NOT NULL,
	"flow_position" integer NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "work_centers_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "work_centers_plant_id_work_center_code_key" UNIQUE NULLS NOT DISTINCT("organization_id","plant_id","work_center_code")
);

CREATE INDEX "movement_archives_order_key_work_center_id_index" ON "movement_archives" USING btree ("order_key","work_center_id");
CREATE INDEX "movement_archives_plant_id_index" ON "movement_archives" USING btree ("plant_id");
CREATE INDEX "movement_archives_work_center_id_index" ON "movement_archives" USING btree ("work_center_id");
CREATE INDEX "order_movements_plant_id_occurred_at_ms_work_center_id_movement_type_quantity_index" ON "order_movements" USING btree ("plant_id","occurred_at_ms","work_center_id","movement_type","quantity");
CREATE INDEX "order_movements_order_key_work_center_id_occurred_at_ms_movement_type_quantity_index" ON "order_movements" USING btree ("order_key","work_center_id","occurred_at_ms","movement_type","quantity");
CREATE INDEX "order_movements_work_center_id_occurred_at_ms_index" ON "order_movements" USING btree ("work_center_id","occurred_at_ms");
CREATE INDEX "order_movements_user_id_occurred_at_ms_index" ON "order_movements" USING btree ("user_id","occurred_at_ms");
CREATE INDEX "order_movements_corrects_id_index" ON "order_movements" USING btree ("corrects_id");
CREATE INDEX "work_center_departments_department_id_index" ON "work_center_departments" USING btree ("department_id");
