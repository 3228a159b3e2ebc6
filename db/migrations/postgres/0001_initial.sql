CREATE TABLE "audit_logs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" integer NOT NULL,
	"station_id" text NOT NULL,
	"chain_no" integer NOT NULL,
	"at_ms" bigint NOT NULL,
	"entity_type" text NOT NULL,
	"entity_id" text,
	"entity_identifier" text,
	"action" text NOT NULL,
	"action_category" text NOT NULL,
	"user_id" uuid,
	"user_name" text,
	"session_id" text,
	"request_id" text NOT NULL,
	"intent" text NOT NULL,
	"reason" text,
	"changes_before" jsonb,
	"changes_after" jsonb,
	"changes_diff" jsonb,
	"metadata" jsonb,
	"severity" text DEFAULT 'INFO' NOT NULL,
	"success" boolean DEFAULT true NOT NULL,
	"error_message" text,
	"prev_hash" text NOT NULL,
	"hash" text NOT NULL,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL
);

CREATE TABLE "file_links" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" integer NOT NULL,
	"file_upload_id" uuid NOT NULL,
	"entity_type" text NOT NULL,
	"entity_id" text NOT NULL,
	"link_role" text NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "file_links_file_upload_id_entity_type_entity_id_link_role_key" UNIQUE NULLS NOT DISTINCT("organization_id","file_upload_id","entity_type","entity_id","link_role")
);

CREATE TABLE "file_uploads" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" integer NOT NULL,
	"original_name" text NOT NULL,
	"file_size_bytes" integer NOT NULL,
	"mime_type" text NOT NULL,
	"file_extension" text NOT NULL,
	"sha256" text NOT NULL,
	"description" text,
	"is_active" boolean DEFAULT true NOT NULL,
	"deleted_at_ms" bigint,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL
);

CREATE TABLE "notifications" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" integer NOT NULL,
	"user_id" uuid NOT NULL,
	"notification_type" text NOT NULL,
	"message_code" text NOT NULL,
	"message_values" jsonb NOT NULL,
	"entity_type" text,
	"entity_id" text,
	"priority" text DEFAULT 'NORMAL' NOT NULL,
	"is_read" boolean DEFAULT false NOT NULL,
	"read_at_ms" bigint,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL
);

CREATE TABLE "saved_views" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" integer NOT NULL,
	"user_id" uuid NOT NULL,
	"list" text NOT NULL,
	"view_name" text NOT NULL,
	"definition" jsonb NOT NULL,
	"is_shared" boolean DEFAULT false NOT NULL,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "saved_views_user_id_list_view_name_key" UNIQUE NULLS NOT DISTINCT("organization_id","user_id","list","view_name")
);

CREATE TABLE "system_settings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" integer NOT NULL,
	"setting_key" text NOT NULL,
	"setting_value" text NOT NULL,
	"updated_reason" text,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "system_settings_setting_key_key" UNIQUE NULLS NOT DISTINCT("organization_id","setting_key")
);

CREATE TABLE "departments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" integer NOT NULL,
	"plant_id" uuid NOT NULL,
	"dept_code" text NOT NULL,
	"dept_name" text NOT NULL,
	"description" text,
	"is_active" boolean DEFAULT true NOT NULL,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "departments_plant_id_dept_code_key" UNIQUE NULLS NOT DISTINCT("organization_id","plant_id","dept_code")
);

CREATE TABLE "organizations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" integer NOT NULL,
	"org_code" text NOT NULL,
	"org_name" text NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"costing_method" text DEFAULT 'WEIGHTED_AVERAGE' NOT NULL,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "organizations_org_code_key" UNIQUE NULLS NOT DISTINCT("organization_id","org_code")
);

CREATE TABLE "plants" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" integer NOT NULL,
	"plant_code" text NOT NULL,
	"plant_name" text NOT NULL,
	"location" text,
	"timezone" text NOT NULL,
	"currency_code" text DEFAULT 'USD' NOT NULL,
	"paper_size" text DEFAULT 'LETTER' NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "plants_plant_code_key" UNIQUE NULLS NOT DISTINCT("organization_id","plant_code")
);

CREATE TABLE "roles" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" integer NOT NULL,
	"role_code" text NOT NULL,
	"role_name" text NOT NULL,
	"description" text,
	"is_system_role" boolean DEFAULT false NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"permissions" jsonb NOT NULL,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "roles_role_code_key" UNIQUE NULLS NOT DISTINCT("organization_id","role_code")
);

CREATE TABLE "user_plant_access" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" integer NOT NULL,
	"user_id" uuid NOT NULL,
	"plant_id" uuid NOT NULL,
	"access_level" text NOT NULL,
	"can_create" boolean NOT NULL,
	"can_read" boolean NOT NULL,
	"can_update" boolean NOT NULL,
	"can_delete" boolean NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "user_plant_access_user_id_plant_id_key" UNIQUE NULLS NOT DISTINCT("organization_id","user_id","plant_id")
);

CREATE TABLE "user_roles" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" integer NOT NULL,
	"user_id" uuid NOT NULL,
	"role_id" uuid NOT NULL,
	"plant_id" uuid,
	"department_id" uuid,
	"expires_at_ms" bigint,
	"is_active" boolean DEFAULT true NOT NULL,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "user_roles_user_id_role_id_plant_id_department_id_key" UNIQUE NULLS NOT DISTINCT("organization_id","user_id","role_id","plant_id","department_id")
);

CREATE TABLE "users" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" integer NOT NULL,
	"username" text NOT NULL,
	"email" text,
	"full_name" text NOT NULL,
	"initials" text NOT NULL,
	"hashed_password" text NOT NULL,
	"hashed_pin" text,
	"plant_id" uuid,
	"department_id" uuid,
	"is_active" boolean DEFAULT true NOT NULL,
	"is_superuser" boolean DEFAULT false NOT NULL,
	"must_change_password" boolean DEFAULT false NOT NULL,
	"last_login_at_ms" bigint,
	"failed_login_count" integer DEFAULT 0 NOT NULL,
	"failed_pin_count" integer DEFAULT 0 NOT NULL,
	"locked_until_ms" bigint,
	"locale" text DEFAULT 'en' NOT NULL,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "users_username_key" UNIQUE NULLS NOT DISTINCT("organization_id","username")
);

CREATE TABLE "workflow_history" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" integer NOT NULL,
	"entity_type" text NOT NULL,
	"entity_id" text NOT NULL,
	"event_type" text NOT NULL,
	"action" text NOT NULL,
	"from_status" text,
	"to_status" text NOT NULL,
	"comment" text,
	"performed_by" uuid NOT NULL,
	"performed_at_ms" bigint NOT NULL,
	"metadata" jsonb,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL
);

CREATE TABLE "bom_headers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" integer NOT NULL,
	"plant_id" uuid NOT NULL,
	"scope" text NOT NULL,
	"bom_number" text NOT NULL,
	"bom_name" text NOT NULL,
	"material_id" uuid,
	"order_id" uuid,
	"configuration_revision" integer,
	"product_model_id" uuid,
	"bom_version" integer NOT NULL,
	"bom_type" text DEFAULT 'PRODUCTION' NOT NULL,
	"status" text NOT NULL,
	"base_quantity_e6" bigint DEFAULT 1000000 NOT NULL,
	"uom_id" uuid NOT NULL,
	"effective_start_on" text,
	"effective_end_on" text,
	"is_active" boolean DEFAULT true NOT NULL,
	"exported_at_ms" bigint,
	"change_summary" jsonb,
	"approved_by" uuid,
	"approved_at_ms" bigint,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "bom_headers_plant_id_scope_material_id_order_id_bom_version_key" UNIQUE NULLS NOT DISTINCT("organization_id","plant_id","scope","material_id","order_id","bom_version"),
	CONSTRAINT "bom_headers_subject_check" CHECK ((scope = 'MASTER' AND material_id IS NOT NULL) OR (scope = 'ORDER' AND order_id IS NOT NULL) OR scope = 'PROJECT')
);

CREATE TABLE "bom_lines" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" integer NOT NULL,
	"bom_header_id" uuid NOT NULL,
	"line_number" integer NOT NULL,
	"parent_line_id" uuid,
	"level" integer DEFAULT 0 NOT NULL,
	"component_material_id" uuid,
	"item_number" text NOT NULL,
	"frozen_name" text,
	"quantity_e6" bigint NOT NULL,
	"total_quantity_e6" bigint NOT NULL,
	"uom_id" uuid NOT NULL,
	"scrap_percent_e4" integer DEFAULT 0 NOT NULL,
	"operation_number" integer,
	"is_phantom" boolean DEFAULT false NOT NULL,
	"backflush" boolean DEFAULT false NOT NULL,
	"line_group" text,
	"notes" text,
	"is_custom_part" boolean DEFAULT false NOT NULL,
	"custom_part_spec" jsonb,
	"is_manual" boolean DEFAULT false NOT NULL,
	"causes" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"alternate_of_line_id" uuid,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "bom_lines_bom_header_id_line_number_key" UNIQUE NULLS NOT DISTINCT("organization_id","bom_header_id","line_number")
);

CREATE TABLE "catalogue_imports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" integer NOT NULL,
	"source_name" text NOT NULL,
	"source_sha256" text NOT NULL,
	"is_dry_run" boolean DEFAULT false NOT NULL,
	"counts" jsonb NOT NULL,
	"report" jsonb NOT NULL,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL
);

CREATE TABLE "material_aliases" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" integer NOT NULL,
	"material_id" uuid NOT NULL,
	"alias_number" text NOT NULL,
	"alias_kind" text DEFAULT 'LEGACY_700' NOT NULL,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "material_aliases_alias_number_material_id_key" UNIQUE NULLS NOT DISTINCT("organization_id","alias_number","material_id")
);

CREATE TABLE "material_categories" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" integer NOT NULL,
	"category_code" text NOT NULL,
	"category_name" text NOT NULL,
	"description" text,
	"parent_category_id" uuid,
	"is_active" boolean DEFAULT true NOT NULL,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "material_categories_category_code_key" UNIQUE NULLS NOT DISTINCT("organization_id","category_code")
);

CREATE TABLE "material_category_links" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" integer NOT NULL,
	"material_category_id" uuid NOT NULL,
	"material_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "material_category_links_material_category_id_material_id_key" UNIQUE NULLS NOT DISTINCT("organization_id","material_category_id","material_id")
);

CREATE TABLE "materials" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" integer NOT NULL,
	"plant_id" uuid NOT NULL,
	"material_number" text NOT NULL,
	"record_type" text NOT NULL,
	"material_name" text NOT NULL,
	"description" text,
	"material_kind" text DEFAULT 'COMPONENT' NOT NULL,
	"material_category_id" uuid,
	"base_uom_id" uuid NOT NULL,
	"procurement_type" text DEFAULT 'PURCHASE' NOT NULL,
	"mrp_type" text DEFAULT 'MRP' NOT NULL,
	"safety_stock_e6" bigint DEFAULT 0 NOT NULL,
	"reorder_point_e6" bigint DEFAULT 0 NOT NULL,
	"lot_size_e6" bigint DEFAULT 1000000 NOT NULL,
	"lead_time_days" integer DEFAULT 0 NOT NULL,
	"tracking_mode" text DEFAULT 'NONE' NOT NULL,
	"manufacturer_part_number" text,
	"manufacturer_name" text,
	"can_order" boolean DEFAULT true NOT NULL,
	"is_kit" boolean DEFAULT false NOT NULL,
	"is_outsourced" boolean DEFAULT false NOT NULL,
	"needs_id_check" boolean DEFAULT false NOT NULL,
	"quantities_verified" boolean DEFAULT false NOT NULL,
	"photo_file_id" uuid,
	"drawing_file_id" uuid,
	"is_active" boolean DEFAULT true NOT NULL,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "materials_plant_id_material_number_record_type_key" UNIQUE NULLS NOT DISTINCT("organization_id","plant_id","material_number","record_type")
);

CREATE TABLE "product_models" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" integer NOT NULL,
	"family" text NOT NULL,
	"model_version" integer NOT NULL,
	"is_released" boolean NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"document" jsonb NOT NULL,
	"document_sha256" text NOT NULL,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "product_models_family_model_version_key" UNIQUE NULLS NOT DISTINCT("organization_id","family","model_version")
);

CREATE TABLE "units_of_measure" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" integer NOT NULL,
	"uom_code" text NOT NULL,
	"uom_name" text NOT NULL,
	"dimension" text NOT NULL,
	"is_base_unit" boolean DEFAULT false NOT NULL,
	"conversion_factor" text NOT NULL,
	"decimals" integer DEFAULT 0 NOT NULL,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "units_of_measure_uom_code_key" UNIQUE NULLS NOT DISTINCT("organization_id","uom_code")
);

CREATE TABLE "order_config_items" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" integer NOT NULL,
	"order_id" uuid NOT NULL,
	"item_kind" text NOT NULL,
	"item_index" integer NOT NULL,
	"attributes" jsonb NOT NULL,
	"material_id" uuid,
	"quantity_e6" bigint DEFAULT 1000000 NOT NULL,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "order_config_items_order_id_item_kind_item_index_key" UNIQUE NULLS NOT DISTINCT("organization_id","order_id","item_kind","item_index")
);

CREATE TABLE "order_revisions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" integer NOT NULL,
	"order_id" uuid NOT NULL,
	"revision_no" integer NOT NULL,
	"configuration" jsonb NOT NULL,
	"header" jsonb NOT NULL,
	"reason" text,
	"revised_at_ms" bigint NOT NULL,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "order_revisions_order_id_revision_no_key" UNIQUE NULLS NOT DISTINCT("organization_id","order_id","revision_no")
);

CREATE TABLE "orders" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" integer NOT NULL,
	"plant_id" uuid NOT NULL,
	"order_kind" text NOT NULL,
	"order_number" text NOT NULL,
	"build_number" text DEFAULT '' NOT NULL,
	"customer_name" text NOT NULL,
	"project_name" text,
	"sales_person" text,
	"want_on" text,
	"document_language" text DEFAULT 'EN' NOT NULL,
	"notes" text,
	"order_status" text NOT NULL,
	"current_assignee_id" uuid,
	"bom_id" uuid,
	"product_model_id" uuid,
	"configuration" jsonb NOT NULL,
	"configuration_revision" integer DEFAULT 1 NOT NULL,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "orders_order_number_build_number_key" UNIQUE NULLS NOT DISTINCT("organization_id","order_number","build_number")
);

CREATE TABLE "tools" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" integer NOT NULL,
	"tool_name" text NOT NULL,
	"tool_names" jsonb NOT NULL,
	"description" text,
	"category" text,
	"is_active" boolean DEFAULT true NOT NULL,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "tools_tool_name_key" UNIQUE NULLS NOT DISTINCT("organization_id","tool_name")
);

CREATE TABLE "work_instruction_steps" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" integer NOT NULL,
	"instruction_id" uuid NOT NULL,
	"step_number" integer NOT NULL,
	"description" jsonb NOT NULL,
	"safety_notes" jsonb,
	"media_file_id" uuid,
	"estimated_minutes" integer NOT NULL,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "work_instruction_steps_instruction_id_step_number_key" UNIQUE NULLS NOT DISTINCT("organization_id","instruction_id","step_number")
);

CREATE TABLE "work_instruction_tools" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" integer NOT NULL,
	"instruction_id" uuid NOT NULL,
	"tool_id" uuid NOT NULL,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "work_instruction_tools_instruction_id_tool_id_key" UNIQUE NULLS NOT DISTINCT("organization_id","instruction_id","tool_id")
);

CREATE TABLE "work_instructions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" integer NOT NULL,
	"instruction_code" text NOT NULL,
	"instruction_version" integer NOT NULL,
	"form_id" text NOT NULL,
	"title" jsonb NOT NULL,
	"description" jsonb NOT NULL,
	"material_id" uuid,
	"status" text DEFAULT 'APPROVED' NOT NULL,
	"applies_when" text NOT NULL,
	"for_each" text,
	"for_each_when" text,
	"estimated_minutes" integer NOT NULL,
	"after_codes" jsonb NOT NULL,
	"bom_groups" jsonb NOT NULL,
	"material_numbers" jsonb NOT NULL,
	"position" integer NOT NULL,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "work_instructions_instruction_code_instruction_version_key" UNIQUE NULLS NOT DISTINCT("organization_id","instruction_code","instruction_version")
);

ALTER TABLE "audit_logs" ADD CONSTRAINT "audit_logs_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;
ALTER TABLE "file_links" ADD CONSTRAINT "file_links_file_upload_id_file_uploads_id_fk" FOREIGN KEY ("file_upload_id") REFERENCES "public"."file_uploads"("id") ON DELETE restrict ON UPDATE no action;
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;
ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;
ALTER TABLE "departments" ADD CONSTRAINT "departments_plant_id_plants_id_fk" FOREIGN KEY ("plant_id") REFERENCES "public"."plants"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "user_plant_access" ADD CONSTRAINT "user_plant_access_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;
ALTER TABLE "user_plant_access" ADD CONSTRAINT "user_plant_access_plant_id_plants_id_fk" FOREIGN KEY ("plant_id") REFERENCES "public"."plants"("id") ON DELETE restrict ON UPDATE no action;
ALTER TABLE "user_roles" ADD CONSTRAINT "user_roles_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;
ALTER TABLE "user_roles" ADD CONSTRAINT "user_roles_role_id_roles_id_fk" FOREIGN KEY ("role_id") REFERENCES "public"."roles"("id") ON DELETE restrict ON UPDATE no action;
ALTER TABLE "user_roles" ADD CONSTRAINT "user_roles_plant_id_plants_id_fk" FOREIGN KEY ("plant_id") REFERENCES "public"."plants"("id") ON DELETE restrict ON UPDATE no action;
ALTER TABLE "user_roles" ADD CONSTRAINT "user_roles_department_id_departments_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."departments"("id") ON DELETE restrict ON UPDATE no action;
ALTER TABLE "users" ADD CONSTRAINT "users_plant_id_plants_id_fk" FOREIGN KEY ("plant_id") REFERENCES "public"."plants"("id") ON DELETE set null ON UPDATE no action;
ALTER TABLE "users" ADD CONSTRAINT "users_department_id_departments_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."departments"("id") ON DELETE set null ON UPDATE no action;
ALTER TABLE "workflow_history" ADD CONSTRAINT "workflow_history_performed_by_users_id_fk" FOREIGN KEY ("performed_by") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;
ALTER TABLE "bom_headers" ADD CONSTRAINT "bom_headers_plant_id_plants_id_fk" FOREIGN KEY ("plant_id") REFERENCES "public"."plants"("id") ON DELETE restrict ON UPDATE no action;
ALTER TABLE "bom_headers" ADD CONSTRAINT "bom_headers_material_id_materials_id_fk" FOREIGN KEY ("material_id") REFERENCES "public"."materials"("id") ON DELETE restrict ON UPDATE no action;
ALTER TABLE "bom_headers" ADD CONSTRAINT "bom_headers_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE restrict ON UPDATE no action;
ALTER TABLE "bom_headers" ADD CONSTRAINT "bom_headers_product_model_id_product_models_id_fk" FOREIGN KEY ("product_model_id") REFERENCES "public"."product_models"("id") ON DELETE restrict ON UPDATE no action;
ALTER TABLE "bom_headers" ADD CONSTRAINT "bom_headers_uom_id_units_of_measure_id_fk" FOREIGN KEY ("uom_id") REFERENCES "public"."units_of_measure"("id") ON DELETE restrict ON UPDATE no action;
ALTER TABLE "bom_headers" ADD CONSTRAINT "bom_headers_approved_by_users_id_fk" FOREIGN KEY ("approved_by") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;
ALTER TABLE "bom_lines" ADD CONSTRAINT "bom_lines_bom_header_id_bom_headers_id_fk" FOREIGN KEY ("bom_header_id") REFERENCES "public"."bom_headers"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "bom_lines" ADD CONSTRAINT "bom_lines_parent_line_id_bom_lines_id_fk" FOREIGN KEY ("parent_line_id") REFERENCES "public"."bom_lines"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "bom_lines" ADD CONSTRAINT "bom_lines_component_material_id_materials_id_fk" FOREIGN KEY ("component_material_id") REFERENCES "public"."materials"("id") ON DELETE restrict ON UPDATE no action;
ALTER TABLE "bom_lines" ADD CONSTRAINT "bom_lines_uom_id_units_of_measure_id_fk" FOREIGN KEY ("uom_id") REFERENCES "public"."units_of_measure"("id") ON DELETE restrict ON UPDATE no action;
ALTER TABLE "material_aliases" ADD CONSTRAINT "material_aliases_material_id_materials_id_fk" FOREIGN KEY ("material_id") REFERENCES "public"."materials"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "material_categories" ADD CONSTRAINT "material_categories_parent_category_id_material_categories_id_fk" FOREIGN KEY ("parent_category_id") REFERENCES "public"."material_categories"("id") ON DELETE restrict ON UPDATE no action;
ALTER TABLE "material_category_links" ADD CONSTRAINT "material_category_links_material_category_id_material_categories_id_fk" FOREIGN KEY ("material_category_id") REFERENCES "public"."material_categories"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "material_category_links" ADD CONSTRAINT "material_category_links_material_id_materials_id_fk" FOREIGN KEY ("material_id") REFERENCES "public"."materials"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "materials" ADD CONSTRAINT "materials_plant_id_plants_id_fk" FOREIGN KEY ("plant_id") REFERENCES "public"."plants"("id") ON DELETE restrict ON UPDATE no action;
ALTER TABLE "materials" ADD CONSTRAINT "materials_material_category_id_material_categories_id_fk" FOREIGN KEY ("material_category_id") REFERENCES "public"."material_categories"("id") ON DELETE restrict ON UPDATE no action;
ALTER TABLE "materials" ADD CONSTRAINT "materials_base_uom_id_units_of_measure_id_fk" FOREIGN KEY ("base_uom_id") REFERENCES "public"."units_of_measure"("id") ON DELETE restrict ON UPDATE no action;
ALTER TABLE "materials" ADD CONSTRAINT "materials_photo_file_id_file_uploads_id_fk" FOREIGN KEY ("photo_file_id") REFERENCES "public"."file_uploads"("id") ON DELETE set null ON UPDATE no action;
ALTER TABLE "materials" ADD CONSTRAINT "materials_drawing_file_id_file_uploads_id_fk" FOREIGN KEY ("drawing_file_id") REFERENCES "public"."file_uploads"("id") ON DELETE set null ON UPDATE no action;
ALTER TABLE "order_config_items" ADD CONSTRAINT "order_config_items_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "order_config_items" ADD CONSTRAINT "order_config_items_material_id_materials_id_fk" FOREIGN KEY ("material_id") REFERENCES "public"."materials"("id") ON DELETE restrict ON UPDATE no action;
ALTER TABLE "order_revisions" ADD CONSTRAINT "order_revisions_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "orders" ADD CONSTRAINT "orders_plant_id_plants_id_fk" FOREIGN KEY ("plant_id") REFERENCES "public"."plants"("id") ON DELETE restrict ON UPDATE no action;
ALTER TABLE "orders" ADD CONSTRAINT "orders_current_assignee_id_users_id_fk" FOREIGN KEY ("current_assignee_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;
ALTER TABLE "orders" ADD CONSTRAINT "orders_bom_id_bom_headers_id_fk" FOREIGN KEY ("bom_id") REFERENCES "public"."bom_headers"("id") ON DELETE set null ON UPDATE no action;
ALTER TABLE "orders" ADD CONSTRAINT "orders_product_model_id_product_models_id_fk" FOREIGN KEY ("product_model_id") REFERENCES "public"."product_models"("id") ON DELETE restrict ON UPDATE no action;
ALTER TABLE "work_instruction_steps" ADD CONSTRAINT "work_instruction_steps_instruction_id_work_instructions_id_fk" FOREIGN KEY ("instruction_id") REFERENCES "public"."work_instructions"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "work_instruction_steps" ADD CONSTRAINT "work_instruction_steps_media_file_id_file_uploads_id_fk" FOREIGN KEY ("media_file_id") REFERENCES "public"."file_uploads"("id") ON DELETE set null ON UPDATE no action;
ALTER TABLE "work_instruction_tools" ADD CONSTRAINT "work_instruction_tools_instruction_id_work_instructions_id_fk" FOREIGN KEY ("instruction_id") REFERENCES "public"."work_instructions"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "work_instruction_tools" ADD CONSTRAINT "work_instruction_tools_tool_id_tools_id_fk" FOREIGN KEY ("tool_id") REFERENCES "public"."tools"("id") ON DELETE restrict ON UPDATE no action;
ALTER TABLE "work_instructions" ADD CONSTRAINT "work_instructions_material_id_materials_id_fk" FOREIGN KEY ("material_id") REFERENCES "public"."materials"("id") ON DELETE set null ON UPDATE no action;
CREATE INDEX "audit_logs_station_id_chain_no_index" ON "audit_logs" USING btree ("station_id","chain_no");
CREATE INDEX "audit_logs_entity_type_entity_id_at_ms_index" ON "audit_logs" USING btree ("entity_type","entity_id","at_ms");
CREATE INDEX "audit_logs_at_ms_index" ON "audit_logs" USING btree ("at_ms");
CREATE INDEX "audit_logs_user_id_at_ms_index" ON "audit_logs" USING btree ("user_id","at_ms");
CREATE INDEX "audit_logs_action_at_ms_index" ON "audit_logs" USING btree ("action","at_ms");
CREATE INDEX "file_links_entity_type_entity_id_index" ON "file_links" USING btree ("entity_type","entity_id");
CREATE INDEX "file_uploads_sha256_index" ON "file_uploads" USING btree ("sha256");
CREATE INDEX "notifications_user_id_is_read_created_at_ms_index" ON "notifications" USING btree ("user_id","is_read","created_at_ms");
CREATE INDEX "user_plant_access_plant_id_index" ON "user_plant_access" USING btree ("plant_id");
CREATE INDEX "user_roles_role_id_index" ON "user_roles" USING btree ("role_id");
CREATE INDEX "user_roles_plant_id_index" ON "user_roles" USING btree ("plant_id");
CREATE INDEX "user_roles_department_id_index" ON "user_roles" USING btree ("department_id");
CREATE INDEX "users_plant_id_index" ON "users" USING btree ("plant_id");
CREATE INDEX "users_department_id_index" ON "users" USING btree ("department_id");
CREATE INDEX "workflow_history_entity_type_entity_id_performed_at_ms_index" ON "workflow_history" USING btree ("entity_type","entity_id","performed_at_ms");
CREATE INDEX "workflow_history_performed_by_index" ON "workflow_history" USING btree ("performed_by");
CREATE INDEX "bom_headers_material_id_is_active_index" ON "bom_headers" USING btree ("material_id","is_active");
CREATE INDEX "bom_headers_order_id_bom_version_index" ON "bom_headers" USING btree ("order_id","bom_version");
CREATE INDEX "bom_headers_product_model_id_index" ON "bom_headers" USING btree ("product_model_id");
CREATE INDEX "bom_headers_uom_id_index" ON "bom_headers" USING btree ("uom_id");
CREATE INDEX "bom_headers_approved_by_index" ON "bom_headers" USING btree ("approved_by");
CREATE INDEX "bom_lines_component_material_id_bom_header_id_index" ON "bom_lines" USING btree ("component_material_id","bom_header_id");
CREATE INDEX "bom_lines_parent_line_id_index" ON "bom_lines" USING btree ("parent_line_id");
CREATE INDEX "bom_lines_uom_id_index" ON "bom_lines" USING btree ("uom_id");
CREATE INDEX "material_aliases_material_id_index" ON "material_aliases" USING btree ("material_id");
CREATE INDEX "material_categories_parent_category_id_index" ON "material_categories" USING btree ("parent_category_id");
CREATE INDEX "material_category_links_material_id_index" ON "material_category_links" USING btree ("material_id");
CREATE INDEX "materials_material_number_index" ON "materials" USING btree ("material_number");
CREATE INDEX "materials_material_kind_is_active_index" ON "materials" USING btree ("material_kind","is_active");
CREATE INDEX "materials_material_category_id_index" ON "materials" USING btree ("material_category_id");
CREATE INDEX "materials_base_uom_id_index" ON "materials" USING btree ("base_uom_id");
CREATE INDEX "materials_photo_file_id_index" ON "materials" USING btree ("photo_file_id");
CREATE INDEX "materials_drawing_file_id_index" ON "materials" USING btree ("drawing_file_id");
CREATE INDEX "order_config_items_material_id_index" ON "order_config_items" USING btree ("material_id");
CREATE INDEX "orders_order_status_want_on_index" ON "orders" USING btree ("order_status","want_on");
CREATE INDEX "orders_customer_name_order_status_index" ON "orders" USING btree ("customer_name","order_status");
CREATE INDEX "orders_current_assignee_id_order_status_index" ON "orders" USING btree ("current_assignee_id","order_status");
CREATE INDEX "orders_want_on_index" ON "orders" USING btree ("want_on");
CREATE INDEX "orders_created_at_ms_index" ON "orders" USING btree ("created_at_ms");
CREATE INDEX "orders_plant_id_index" ON "orders" USING btree ("plant_id");
CREATE INDEX "orders_bom_id_index" ON "orders" USING btree ("bom_id");
CREATE INDEX "orders_product_model_id_index" ON "orders" USING btree ("product_model_id");
CREATE INDEX "work_instruction_steps_media_file_id_index" ON "work_instruction_steps" USING btree ("media_file_id");
CREATE INDEX "work_instruction_tools_tool_id_index" ON "work_instruction_tools" USING btree ("tool_id");
CREATE INDEX "work_instructions_material_id_index" ON "work_instructions" USING btree ("material_id");
