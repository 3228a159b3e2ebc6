CREATE TABLE "conflicts" (
	"id" uuid NOT NULL,
	"organization_id" integer NOT NULL,
	"unit_id" text NOT NULL,
	"station_code" text NOT NULL,
	"outcome" text NOT NULL,
	"table_name" text NOT NULL,
	"row_id" text NOT NULL,
	"row_label" text,
	"reason_code" text NOT NULL,
	"reason_values" jsonb NOT NULL,
	"fields" jsonb NOT NULL,
	"unit" jsonb NOT NULL,
	"author_id" uuid NOT NULL,
	"occurred_at_ms" bigint NOT NULL,
	"received_at_ms" bigint NOT NULL,
	"state" text NOT NULL,
	"resolved_by" uuid,
	"resolved_at_ms" bigint,
	"resolution_note" text,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "conflicts_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "conflicts_unit_id_key" UNIQUE NULLS NOT DISTINCT("organization_id","unit_id")
);

ALTER TABLE "file_links" DROP CONSTRAINT "file_links_file_upload_id_file_uploads_id_fk";

ALTER TABLE "notifications" DROP CONSTRAINT "notifications_user_id_users_id_fk";

ALTER TABLE "saved_views" DROP CONSTRAINT "saved_views_user_id_users_id_fk";

ALTER TABLE "departments" DROP CONSTRAINT "departments_plant_id_plants_id_fk";

ALTER TABLE "user_plant_access" DROP CONSTRAINT "user_plant_access_user_id_users_id_fk";

ALTER TABLE "user_plant_access" DROP CONSTRAINT "user_plant_access_plant_id_plants_id_fk";

ALTER TABLE "user_roles" DROP CONSTRAINT "user_roles_user_id_users_id_fk";

ALTER TABLE "user_roles" DROP CONSTRAINT "user_roles_role_id_roles_id_fk";

ALTER TABLE "user_roles" DROP CONSTRAINT "user_roles_plant_id_plants_id_fk";

ALTER TABLE "user_roles" DROP CONSTRAINT "user_roles_department_id_departments_id_fk";

ALTER TABLE "users" DROP CONSTRAINT "users_plant_id_plants_id_fk";

ALTER TABLE "users" DROP CONSTRAINT "users_department_id_departments_id_fk";

ALTER TABLE "workflow_history" DROP CONSTRAINT "workflow_history_performed_by_users_id_fk";

ALTER TABLE "bom_headers" DROP CONSTRAINT "bom_headers_plant_id_plants_id_fk";

ALTER TABLE "bom_headers" DROP CONSTRAINT "bom_headers_material_id_materials_id_fk";

ALTER TABLE "bom_headers" DROP CONSTRAINT "bom_headers_order_id_orders_id_fk";

ALTER TABLE "bom_headers" DROP CONSTRAINT "bom_headers_product_model_id_product_models_id_fk";

ALTER TABLE "bom_headers" DROP CONSTRAINT "bom_headers_uom_id_units_of_measure_id_fk";

ALTER TABLE "bom_headers" DROP CONSTRAINT "bom_headers_approved_by_users_id_fk";

ALTER TABLE "bom_lines" DROP CONSTRAINT "bom_lines_bom_header_id_bom_headers_id_fk";

ALTER TABLE "bom_lines" DROP CONSTRAINT "bom_lines_parent_line_id_bom_lines_id_fk";

ALTER TABLE "bom_lines" DROP CONSTRAINT "bom_lines_component_material_id_materials_id_fk";

ALTER TABLE "bom_lines" DROP CONSTRAINT "bom_lines_uom_id_units_of_measure_id_fk";

ALTER TABLE "material_aliases" DROP CONSTRAINT "material_aliases_material_id_materials_id_fk";

ALTER TABLE "material_categories" DROP CONSTRAINT "material_categories_parent_category_id_material_categories_id_fk";

ALTER TABLE "material_category_links" DROP CONSTRAINT "material_category_links_material_category_id_material_categories_id_fk";

ALTER TABLE "material_category_links" DROP CONSTRAINT "material_category_links_material_id_materials_id_fk";

ALTER TABLE "materials" DROP CONSTRAINT "materials_plant_id_plants_id_fk";

ALTER TABLE "materials" DROP CONSTRAINT "materials_material_category_id_material_categories_id_fk";

ALTER TABLE "materials" DROP CONSTRAINT "materials_base_uom_id_units_of_measure_id_fk";

ALTER TABLE "materials" DROP CONSTRAINT "materials_photo_file_id_file_uploads_id_fk";

ALTER TABLE "materials" DROP CONSTRAINT "materials_drawing_file_id_file_uploads_id_fk";

ALTER TABLE "order_config_items" DROP CONSTRAINT "order_config_items_order_id_orders_id_fk";

ALTER TABLE "order_config_items" DROP CONSTRAINT "order_config_items_material_id_materials_id_fk";

ALTER TABLE "orders" DROP CONSTRAINT "orders_plant_id_plants_id_fk";

ALTER TABLE "orders" DROP CONSTRAINT "orders_current_assignee_id_users_id_fk";

ALTER TABLE "orders" DROP CONSTRAINT "orders_bom_id_bom_headers_id_fk";

ALTER TABLE "orders" DROP CONSTRAINT "orders_product_model_id_product_models_id_fk";

ALTER TABLE "work_instruction_steps" DROP CONSTRAINT "work_instruction_steps_instruction_id_work_instructions_id_fk";

ALTER TABLE "work_instruction_steps" DROP CONSTRAINT "work_instruction_steps_media_file_id_file_uploads_id_fk";

ALTER TABLE "work_instruction_tools" DROP CONSTRAINT "work_instruction_tools_instruction_id_work_instructions_id_fk";

ALTER TABLE "work_instruction_tools" DROP CONSTRAINT "work_instruction_tools_tool_id_tools_id_fk";

ALTER TABLE "work_instructions" DROP CONSTRAINT "work_instructions_material_id_materials_id_fk";

DROP INDEX "work_instructions_material_id_index";
ALTER TABLE "audit_logs" DROP CONSTRAINT "audit_logs_pkey";
ALTER TABLE "audit_logs" ALTER COLUMN "chain_no" SET DATA TYPE bigint;
ALTER TABLE "file_links" DROP CONSTRAINT "file_links_pkey";
ALTER TABLE "file_uploads" DROP CONSTRAINT "file_uploads_pkey";
ALTER TABLE "file_uploads" ALTER COLUMN "file_size_bytes" SET DATA TYPE bigint;
ALTER TABLE "notifications" DROP CONSTRAINT "notifications_pkey";
ALTER TABLE "saved_views" DROP CONSTRAINT "saved_views_pkey";
ALTER TABLE "system_settings" DROP CONSTRAINT "system_settings_pkey";
ALTER TABLE "departments" DROP CONSTRAINT "departments_pkey";
ALTER TABLE "organizations" DROP CONSTRAINT "organizations_pkey";
ALTER TABLE "plants" DROP CONSTRAINT "plants_pkey";
ALTER TABLE "roles" DROP CONSTRAINT "roles_pkey";
ALTER TABLE "user_plant_access" DROP CONSTRAINT "user_plant_access_pkey";
ALTER TABLE "user_roles" DROP CONSTRAINT "user_roles_pkey";
ALTER TABLE "users" DROP CONSTRAINT "users_pkey";
ALTER TABLE "workflow_history" DROP CONSTRAINT "workflow_history_pkey";
ALTER TABLE "bom_headers" DROP CONSTRAINT "bom_headers_pkey";
ALTER TABLE "bom_lines" DROP CONSTRAINT "bom_lines_pkey";
ALTER TABLE "catalogue_imports" DROP CONSTRAINT "catalogue_imports_pkey";
ALTER TABLE "material_aliases" DROP CONSTRAINT "material_aliases_pkey";
ALTER TABLE "material_categories" DROP CONSTRAINT "material_categories_pkey";
ALTER TABLE "material_category_links" DROP CONSTRAINT "material_category_links_pkey";
ALTER TABLE "materials" DROP CONSTRAINT "materials_pkey";
ALTER TABLE "product_models" DROP CONSTRAINT "product_models_pkey";
ALTER TABLE "units_of_measure" DROP CONSTRAINT "units_of_measure_pkey";
ALTER TABLE "order_config_items" DROP CONSTRAINT "order_config_items_pkey";
ALTER TABLE "order_revisions" DROP CONSTRAINT "order_revisions_pkey";
ALTER TABLE "orders" DROP CONSTRAINT "orders_pkey";
ALTER TABLE "tools" DROP CONSTRAINT "tools_pkey";
ALTER TABLE "work_instruction_steps" DROP CONSTRAINT "work_instruction_steps_pkey";
ALTER TABLE "work_instruction_tools" DROP CONSTRAINT "work_instruction_tools_pkey";
ALTER TABLE "work_instructions" DROP CONSTRAINT "work_instructions_pkey";
ALTER TABLE "audit_logs" ADD CONSTRAINT "audit_logs_pkey" PRIMARY KEY("organization_id","id");
ALTER TABLE "file_links" ADD CONSTRAINT "file_links_pkey" PRIMARY KEY("organization_id","id");
ALTER TABLE "file_uploads" ADD CONSTRAINT "file_uploads_pkey" PRIMARY KEY("organization_id","id");
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_pkey" PRIMARY KEY("organization_id","id");
ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_pkey" PRIMARY KEY("organization_id","id");
ALTER TABLE "system_settings" ADD CONSTRAINT "system_settings_pkey" PRIMARY KEY("organization_id","id");
ALTER TABLE "departments" ADD CONSTRAINT "departments_pkey" PRIMARY KEY("organization_id","id");
ALTER TABLE "organizations" ADD CONSTRAINT "organizations_pkey" PRIMARY KEY("organization_id","id");
ALTER TABLE "plants" ADD CONSTRAINT "plants_pkey" PRIMARY KEY("organization_id","id");
ALTER TABLE "roles" ADD CONSTRAINT "roles_pkey" PRIMARY KEY("organization_id","id");
ALTER TABLE "user_plant_access" ADD CONSTRAINT "user_plant_access_pkey" PRIMARY KEY("organization_id","id");
ALTER TABLE "user_roles" ADD CONSTRAINT "user_roles_pkey" PRIMARY KEY("organization_id","id");
ALTER TABLE "users" ADD CONSTRAINT "users_pkey" PRIMARY KEY("organization_id","id");
ALTER TABLE "workflow_history" ADD CONSTRAINT "workflow_history_pkey" PRIMARY KEY("organization_id","id");
ALTER TABLE "bom_headers" ADD CONSTRAINT "bom_headers_pkey" PRIMARY KEY("organization_id","id");
ALTER TABLE "bom_lines" ADD CONSTRAINT "bom_lines_pkey" PRIMARY KEY("organization_id","id");
ALTER TABLE "catalogue_imports" ADD CONSTRAINT "catalogue_imports_pkey" PRIMARY KEY("organization_id","id");
ALTER TABLE "material_aliases" ADD CONSTRAINT "material_aliases_pkey" PRIMARY KEY("organization_id","id");
ALTER TABLE "material_categories" ADD CONSTRAINT "material_categories_pkey" PRIMARY KEY("organization_id","id");
ALTER TABLE "material_category_links" ADD CONSTRAINT "material_category_links_pkey" PRIMARY KEY("organization_id","id");
ALTER TABLE "materials" ADD CONSTRAINT "materials_pkey" PRIMARY KEY("organization_id","id");
ALTER TABLE "product_models" ADD CONSTRAINT "product_models_pkey" PRIMARY KEY("organization_id","id");
ALTER TABLE "units_of_measure" ADD CONSTRAINT "units_of_measure_pkey" PRIMARY KEY("organization_id","id");
ALTER TABLE "order_config_items" ADD CONSTRAINT "order_config_items_pkey" PRIMARY KEY("organization_id","id");
ALTER TABLE "order_revisions" ADD CONSTRAINT "order_revisions_pkey" PRIMARY KEY("organization_id","id");
ALTER TABLE "orders" ADD CONSTRAINT "orders_pkey" PRIMARY KEY("organization_id","id");
ALTER TABLE "tools" ADD CONSTRAINT "tools_pkey" PRIMARY KEY("organization_id","id");
ALTER TABLE "work_instruction_steps" ADD CONSTRAINT "work_instruction_steps_pkey" PRIMARY KEY("organization_id","id");
ALTER TABLE "work_instruction_tools" ADD CONSTRAINT "work_instruction_tools_pkey" PRIMARY KEY("organization_id","id");
ALTER TABLE "work_instructions" ADD CONSTRAINT "work_instructions_pkey" PRIMARY KEY("organization_id","id");
CREATE INDEX "conflicts_state_received_at_ms_index" ON "conflicts" USING btree ("state","received_at_ms");
CREATE INDEX "conflicts_table_name_row_id_index" ON "conflicts" USING btree ("table_name","row_id");
CREATE INDEX "conflicts_resolved_by_index" ON "conflicts" USING btree ("resolved_by");
