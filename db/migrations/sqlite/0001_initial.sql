CREATE TABLE `audit_logs` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`station_id` text NOT NULL,
	`chain_no` integer NOT NULL,
	`at_ms` integer NOT NULL,
	`entity_type` text NOT NULL,
	`entity_id` text,
	`entity_identifier` text,
	`action` text NOT NULL,
	`action_category` text NOT NULL,
	`user_id` text,
	`user_name` text,
	`session_id` text,
	`request_id` text NOT NULL,
	`intent` text NOT NULL,
	`reason` text,
	`changes_before` text,
	`changes_after` text,
	`changes_diff` text,
	`metadata` text,
	`severity` text DEFAULT 'INFO' NOT NULL,
	`success` integer DEFAULT true NOT NULL,
	`error_message` text,
	`prev_hash` text NOT NULL,
	`hash` text NOT NULL,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE restrict
);

CREATE INDEX `audit_logs_station_id_chain_no_index` ON `audit_logs` (`station_id`,`chain_no`);
CREATE INDEX `audit_logs_entity_type_entity_id_at_ms_index` ON `audit_logs` (`entity_type`,`entity_id`,`at_ms`);
CREATE INDEX `audit_logs_at_ms_index` ON `audit_logs` (`at_ms`);
CREATE INDEX `audit_logs_user_id_at_ms_index` ON `audit_logs` (`user_id`,`at_ms`);
CREATE INDEX `audit_logs_action_at_ms_index` ON `audit_logs` (`action`,`at_ms`);
CREATE TABLE `file_links` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`file_upload_id` text NOT NULL,
	`entity_type` text NOT NULL,
	`entity_id` text NOT NULL,
	`link_role` text NOT NULL,
	`is_active` integer DEFAULT true NOT NULL,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`file_upload_id`) REFERENCES `file_uploads`(`id`) ON UPDATE no action ON DELETE restrict
);

CREATE INDEX `file_links_entity_type_entity_id_index` ON `file_links` (`entity_type`,`entity_id`);
CREATE INDEX `file_links_file_upload_id_entity_type_entity_id_link_role_key` ON `file_links` (`file_upload_id`,`entity_type`,`entity_id`,`link_role`);
CREATE TABLE `file_uploads` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`original_name` text NOT NULL,
	`file_size_bytes` integer NOT NULL,
	`mime_type` text NOT NULL,
	`file_extension` text NOT NULL,
	`sha256` text NOT NULL,
	`description` text,
	`is_active` integer DEFAULT true NOT NULL,
	`deleted_at_ms` integer,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL
);

CREATE INDEX `file_uploads_sha256_index` ON `file_uploads` (`sha256`);
CREATE TABLE `notifications` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`user_id` text NOT NULL,
	`notification_type` text NOT NULL,
	`message_code` text NOT NULL,
	`message_values` text NOT NULL,
	`entity_type` text,
	`entity_id` text,
	`priority` text DEFAULT 'NORMAL' NOT NULL,
	`is_read` integer DEFAULT false NOT NULL,
	`read_at_ms` integer,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE restrict
);

CREATE INDEX `notifications_user_id_is_read_created_at_ms_index` ON `notifications` (`user_id`,`is_read`,`created_at_ms`);
CREATE TABLE `number_sequences` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`series` text NOT NULL,
	`pattern` text NOT NULL,
	`next_value` integer NOT NULL,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL
);

CREATE INDEX `number_sequences_series_key` ON `number_sequences` (`series`);
CREATE TABLE `saved_views` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`user_id` text NOT NULL,
	`list` text NOT NULL,
	`view_name` text NOT NULL,
	`definition` text NOT NULL,
	`is_shared` integer DEFAULT false NOT NULL,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE restrict
);

CREATE INDEX `saved_views_user_id_list_view_name_key` ON `saved_views` (`user_id`,`list`,`view_name`);
CREATE TABLE `system_settings` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`setting_key` text NOT NULL,
	`setting_value` text NOT NULL,
	`updated_reason` text,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL
);

CREATE INDEX `system_settings_setting_key_key` ON `system_settings` (`setting_key`);
CREATE TABLE `departments` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`plant_id` text NOT NULL,
	`dept_code` text NOT NULL,
	`dept_name` text NOT NULL,
	`description` text,
	`is_active` integer DEFAULT true NOT NULL,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`plant_id`) REFERENCES `plants`(`id`) ON UPDATE no action ON DELETE cascade
);

CREATE INDEX `departments_plant_id_dept_code_key` ON `departments` (`plant_id`,`dept_code`);
CREATE TABLE `organizations` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`org_code` text NOT NULL,
	`org_name` text NOT NULL,
	`is_active` integer DEFAULT true NOT NULL,
	`costing_method` text DEFAULT 'WEIGHTED_AVERAGE' NOT NULL,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL
);

CREATE INDEX `organizations_org_code_key` ON `organizations` (`org_code`);
CREATE TABLE `plants` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`plant_code` text NOT NULL,
	`plant_name` text NOT NULL,
	`location` text,
	`timezone` text NOT NULL,
	`currency_code` text DEFAULT 'USD' NOT NULL,
	`paper_size` text DEFAULT 'LETTER' NOT NULL,
	`is_active` integer DEFAULT true NOT NULL,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL
);

CREATE INDEX `plants_plant_code_key` ON `plants` (`plant_code`);
CREATE TABLE `roles` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`role_code` text NOT NULL,
	`role_name` text NOT NULL,
	`description` text,
	`is_system_role` integer DEFAULT false NOT NULL,
	`is_active` integer DEFAULT true NOT NULL,
	`permissions` text NOT NULL,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL
);

CREATE INDEX `roles_role_code_key` ON `roles` (`role_code`);
CREATE TABLE `user_plant_access` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`user_id` text NOT NULL,
	`plant_id` text NOT NULL,
	`access_level` text NOT NULL,
	`can_create` integer NOT NULL,
	`can_read` integer NOT NULL,
	`can_update` integer NOT NULL,
	`can_delete` integer NOT NULL,
	`is_active` integer DEFAULT true NOT NULL,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`plant_id`) REFERENCES `plants`(`id`) ON UPDATE no action ON DELETE restrict
);

CREATE INDEX `user_plant_access_user_id_plant_id_key` ON `user_plant_access` (`user_id`,`plant_id`);
CREATE INDEX `user_plant_access_plant_id_index` ON `user_plant_access` (`plant_id`);
CREATE TABLE `user_roles` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`user_id` text NOT NULL,
	`role_id` text NOT NULL,
	`plant_id` text,
	`department_id` text,
	`expires_at_ms` integer,
	`is_active` integer DEFAULT true NOT NULL,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`role_id`) REFERENCES `roles`(`id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`plant_id`) REFERENCES `plants`(`id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`department_id`) REFERENCES `departments`(`id`) ON UPDATE no action ON DELETE restrict
);

CREATE INDEX `user_roles_user_id_role_id_plant_id_department_id_key` ON `user_roles` (`user_id`,`role_id`,`plant_id`,`department_id`);
CREATE INDEX `user_roles_role_id_index` ON `user_roles` (`role_id`);
CREATE INDEX `user_roles_plant_id_index` ON `user_roles` (`plant_id`);
CREATE INDEX `user_roles_department_id_index` ON `user_roles` (`department_id`);
CREATE TABLE `user_sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`user_id` text NOT NULL,
	`plant_id` text NOT NULL,
	`token_sha256` text NOT NULL,
	`expires_at_ms` integer NOT NULL,
	`last_used_at_ms` integer NOT NULL,
	`locked_at_ms` integer,
	`revoked_at_ms` integer,
	`station_id` text NOT NULL,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`plant_id`) REFERENCES `plants`(`id`) ON UPDATE no action ON DELETE restrict
);

CREATE INDEX `user_sessions_token_sha256_index` ON `user_sessions` (`token_sha256`);
CREATE INDEX `user_sessions_user_id_revoked_at_ms_index` ON `user_sessions` (`user_id`,`revoked_at_ms`);
CREATE INDEX `user_sessions_plant_id_index` ON `user_sessions` (`plant_id`);
CREATE TABLE `users` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`username` text NOT NULL,
	`email` text,
	`full_name` text NOT NULL,
	`initials` text NOT NULL,
	`hashed_password` text NOT NULL,
	`hashed_pin` text,
	`plant_id` text,
	`department_id` text,
	`is_active` integer DEFAULT true NOT NULL,
	`is_superuser` integer DEFAULT false NOT NULL,
	`must_change_password` integer DEFAULT false NOT NULL,
	`last_login_at_ms` integer,
	`failed_login_count` integer DEFAULT 0 NOT NULL,
	`failed_pin_count` integer DEFAULT 0 NOT NULL,
	`locked_until_ms` integer,
	`locale` text DEFAULT 'en' NOT NULL,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`plant_id`) REFERENCES `plants`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`department_id`) REFERENCES `departments`(`id`) ON UPDATE no action ON DELETE set null
);

CREATE INDEX `users_username_key` ON `users` (`username`);
CREATE INDEX `users_plant_id_index` ON `users` (`plant_id`);
CREATE INDEX `users_department_id_index` ON `users` (`department_id`);
CREATE TABLE `workflow_history` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`entity_type` text NOT NULL,
	`entity_id` text NOT NULL,
	`event_type` text NOT NULL,
	`action` text NOT NULL,
	`from_status` text,
	`to_status` text NOT NULL,
	`comment` text,
	`performed_by` text NOT NULL,
	`performed_at_ms` integer NOT NULL,
	`metadata` text,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`performed_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE restrict
);

CREATE INDEX `workflow_history_entity_type_entity_id_performed_at_ms_index` ON `workflow_history` (`entity_type`,`entity_id`,`performed_at_ms`);
CREATE INDEX `workflow_history_performed_by_index` ON `workflow_history` (`performed_by`);
CREATE TABLE `bom_headers` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`plant_id` text NOT NULL,
	`scope` text NOT NULL,
	`bom_number` text NOT NULL,
	`bom_name` text NOT NULL,
	`material_id` text,
	`order_id` text,
	`configuration_revision` integer,
	`product_model_id` text,
	`bom_version` integer NOT NULL,
	`bom_type` text DEFAULT 'PRODUCTION' NOT NULL,
	`status` text NOT NULL,
	`base_quantity_e6` integer DEFAULT 1000000 NOT NULL,
	`uom_id` text NOT NULL,
	`effective_start_on` text,
	`effective_end_on` text,
	`is_active` integer DEFAULT true NOT NULL,
	`exported_at_ms` integer,
	`change_summary` text,
	`approved_by` text,
	`approved_at_ms` integer,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`plant_id`) REFERENCES `plants`(`id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`material_id`) REFERENCES `materials`(`id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`order_id`) REFERENCES `orders`(`id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`product_model_id`) REFERENCES `product_models`(`id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`uom_id`) REFERENCES `units_of_measure`(`id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`approved_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE restrict,
	CONSTRAINT "bom_headers_subject_check" CHECK((scope = 'MASTER' AND material_id IS NOT NULL) OR (scope = 'ORDER' AND order_id IS NOT NULL) OR scope = 'PROJECT')
);

CREATE INDEX `bom_headers_material_id_is_active_index` ON `bom_headers` (`material_id`,`is_active`);
CREATE INDEX `bom_headers_order_id_bom_version_index` ON `bom_headers` (`order_id`,`bom_version`);
CREATE INDEX `bom_headers_plant_id_scope_material_id_order_id_bom_version_key` ON `bom_headers` (`plant_id`,`scope`,`material_id`,`order_id`,`bom_version`);
CREATE INDEX `bom_headers_product_model_id_index` ON `bom_headers` (`product_model_id`);
CREATE INDEX `bom_headers_uom_id_index` ON `bom_headers` (`uom_id`);
CREATE INDEX `bom_headers_approved_by_index` ON `bom_headers` (`approved_by`);
CREATE TABLE `bom_lines` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`bom_header_id` text NOT NULL,
	`line_number` integer NOT NULL,
	`parent_line_id` text,
	`level` integer DEFAULT 0 NOT NULL,
	`component_material_id` text,
	`item_number` text NOT NULL,
	`frozen_name` text,
	`quantity_e6` integer NOT NULL,
	`total_quantity_e6` integer NOT NULL,
	`uom_id` text NOT NULL,
	`scrap_percent_e4` integer DEFAULT 0 NOT NULL,
	`operation_number` integer,
	`is_phantom` integer DEFAULT false NOT NULL,
	`backflush` integer DEFAULT false NOT NULL,
	`line_group` text,
	`notes` text,
	`is_custom_part` integer DEFAULT false NOT NULL,
	`custom_part_spec` text,
	`is_manual` integer DEFAULT false NOT NULL,
	`causes` text DEFAULT '[]' NOT NULL,
	`alternate_of_line_id` text,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`bom_header_id`) REFERENCES `bom_headers`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`parent_line_id`) REFERENCES `bom_lines`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`component_material_id`) REFERENCES `materials`(`id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`uom_id`) REFERENCES `units_of_measure`(`id`) ON UPDATE no action ON DELETE restrict
);

CREATE INDEX `bom_lines_component_material_id_bom_header_id_index` ON `bom_lines` (`component_material_id`,`bom_header_id`);
CREATE INDEX `bom_lines_bom_header_id_line_number_key` ON `bom_lines` (`bom_header_id`,`line_number`);
CREATE INDEX `bom_lines_parent_line_id_index` ON `bom_lines` (`parent_line_id`);
CREATE INDEX `bom_lines_uom_id_index` ON `bom_lines` (`uom_id`);
CREATE TABLE `catalogue_imports` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`source_name` text NOT NULL,
	`source_sha256` text NOT NULL,
	`is_dry_run` integer DEFAULT false NOT NULL,
	`counts` text NOT NULL,
	`report` text NOT NULL,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL
);

CREATE TABLE `material_aliases` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`material_id` text NOT NULL,
	`alias_number` text NOT NULL,
	`alias_kind` text DEFAULT 'LEGACY_700' NOT NULL,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`material_id`) REFERENCES `materials`(`id`) ON UPDATE no action ON DELETE cascade
);

CREATE INDEX `material_aliases_alias_number_material_id_key` ON `material_aliases` (`alias_number`,`material_id`);
CREATE INDEX `material_aliases_material_id_index` ON `material_aliases` (`material_id`);
CREATE TABLE `material_categories` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`category_code` text NOT NULL,
	`category_name` text NOT NULL,
	`description` text,
	`parent_category_id` text,
	`is_active` integer DEFAULT true NOT NULL,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`parent_category_id`) REFERENCES `material_categories`(`id`) ON UPDATE no action ON DELETE restrict
);

CREATE INDEX `material_categories_category_code_key` ON `material_categories` (`category_code`);
CREATE INDEX `material_categories_parent_category_id_index` ON `material_categories` (`parent_category_id`);
CREATE TABLE `material_category_links` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`material_category_id` text NOT NULL,
	`material_id` text NOT NULL,
	`position` integer NOT NULL,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`material_category_id`) REFERENCES `material_categories`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`material_id`) REFERENCES `materials`(`id`) ON UPDATE no action ON DELETE cascade
);

CREATE INDEX `material_category_links_material_category_id_material_id_key` ON `material_category_links` (`material_category_id`,`material_id`);
CREATE INDEX `material_category_links_material_id_index` ON `material_category_links` (`material_id`);
CREATE TABLE `materials` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`plant_id` text NOT NULL,
	`material_number` text NOT NULL,
	`record_type` text NOT NULL,
	`material_name` text NOT NULL,
	`description` text,
	`material_kind` text DEFAULT 'COMPONENT' NOT NULL,
	`material_category_id` text,
	`base_uom_id` text NOT NULL,
	`procurement_type` text DEFAULT 'PURCHASE' NOT NULL,
	`mrp_type` text DEFAULT 'MRP' NOT NULL,
	`safety_stock_e6` integer DEFAULT 0 NOT NULL,
	`reorder_point_e6` integer DEFAULT 0 NOT NULL,
	`lot_size_e6` integer DEFAULT 1000000 NOT NULL,
	`lead_time_days` integer DEFAULT 0 NOT NULL,
	`tracking_mode` text DEFAULT 'NONE' NOT NULL,
	`manufacturer_part_number` text,
	`manufacturer_name` text,
	`can_order` integer DEFAULT true NOT NULL,
	`is_kit` integer DEFAULT false NOT NULL,
	`is_outsourced` integer DEFAULT false NOT NULL,
	`needs_id_check` integer DEFAULT false NOT NULL,
	`quantities_verified` integer DEFAULT false NOT NULL,
	`photo_file_id` text,
	`drawing_file_id` text,
	`is_active` integer DEFAULT true NOT NULL,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`plant_id`) REFERENCES `plants`(`id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`material_category_id`) REFERENCES `material_categories`(`id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`base_uom_id`) REFERENCES `units_of_measure`(`id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`photo_file_id`) REFERENCES `file_uploads`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`drawing_file_id`) REFERENCES `file_uploads`(`id`) ON UPDATE no action ON DELETE set null
);

CREATE INDEX `materials_material_number_index` ON `materials` (`material_number`);
CREATE INDEX `materials_material_kind_is_active_index` ON `materials` (`material_kind`,`is_active`);
CREATE INDEX `materials_plant_id_material_number_record_type_key` ON `materials` (`plant_id`,`material_number`,`record_type`);
CREATE INDEX `materials_material_category_id_index` ON `materials` (`material_category_id`);
CREATE INDEX `materials_base_uom_id_index` ON `materials` (`base_uom_id`);
CREATE INDEX `materials_photo_file_id_index` ON `materials` (`photo_file_id`);
CREATE INDEX `materials_drawing_file_id_index` ON `materials` (`drawing_file_id`);
CREATE TABLE `product_models` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`family` text NOT NULL,
	`model_version` integer NOT NULL,
	`is_released` integer NOT NULL,
	`is_active` integer DEFAULT true NOT NULL,
	`document` text NOT NULL,
	`document_sha256` text NOT NULL,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL
);

CREATE INDEX `product_models_family_model_version_key` ON `product_models` (`family`,`model_version`);
CREATE TABLE `units_of_measure` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`uom_code` text NOT NULL,
	`uom_name` text NOT NULL,
	`dimension` text NOT NULL,
	`is_base_unit` integer DEFAULT false NOT NULL,
	`conversion_factor` text NOT NULL,
	`decimals` integer DEFAULT 0 NOT NULL,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL
);

CREATE INDEX `units_of_measure_uom_code_key` ON `units_of_measure` (`uom_code`);
CREATE TABLE `order_config_items` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`order_id` text NOT NULL,
	`item_kind` text NOT NULL,
	`item_index` integer NOT NULL,
	`attributes` text NOT NULL,
	`material_id` text,
	`quantity_e6` integer DEFAULT 1000000 NOT NULL,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`order_id`) REFERENCES `orders`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`material_id`) REFERENCES `materials`(`id`) ON UPDATE no action ON DELETE restrict
);

CREATE INDEX `order_config_items_order_id_item_kind_item_index_key` ON `order_config_items` (`order_id`,`item_kind`,`item_index`);
CREATE INDEX `order_config_items_material_id_index` ON `order_config_items` (`material_id`);
CREATE TABLE `order_drafts` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`user_id` text NOT NULL,
	`draft` text NOT NULL,
	`saved_at_ms` integer NOT NULL,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE restrict
);

CREATE INDEX `order_drafts_user_id_saved_at_ms_index` ON `order_drafts` (`user_id`,`saved_at_ms`);
CREATE TABLE `order_revisions` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`order_id` text NOT NULL,
	`revision_no` integer NOT NULL,
	`configuration` text NOT NULL,
	`header` text NOT NULL,
	`reason` text,
	`revised_at_ms` integer NOT NULL,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`order_id`) REFERENCES `orders`(`id`) ON UPDATE no action ON DELETE cascade
);

CREATE INDEX `order_revisions_order_id_revision_no_key` ON `order_revisions` (`order_id`,`revision_no`);
CREATE TABLE `orders` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`plant_id` text NOT NULL,
	`order_kind` text NOT NULL,
	`order_number` text NOT NULL,
	`build_number` text DEFAULT '' NOT NULL,
	`customer_name` text NOT NULL,
	`project_name` text,
	`sales_person` text,
	`want_on` text,
	`document_language` text DEFAULT 'EN' NOT NULL,
	`notes` text,
	`order_status` text NOT NULL,
	`current_assignee_id` text,
	`bom_id` text,
	`product_model_id` text,
	`configuration` text NOT NULL,
	`configuration_revision` integer DEFAULT 1 NOT NULL,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`plant_id`) REFERENCES `plants`(`id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`current_assignee_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`bom_id`) REFERENCES `bom_headers`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`product_model_id`) REFERENCES `product_models`(`id`) ON UPDATE no action ON DELETE restrict
);

CREATE INDEX `orders_order_status_want_on_index` ON `orders` (`order_status`,`want_on`);
CREATE INDEX `orders_customer_name_order_status_index` ON `orders` (`customer_name`,`order_status`);
CREATE INDEX `orders_current_assignee_id_order_status_index` ON `orders` (`current_assignee_id`,`order_status`);
CREATE INDEX `orders_want_on_index` ON `orders` (`want_on`);
CREATE INDEX `orders_created_at_ms_index` ON `orders` (`created_at_ms`);
CREATE INDEX `orders_order_number_build_number_key` ON `orders` (`order_number`,`build_number`);
CREATE INDEX `orders_plant_id_index` ON `orders` (`plant_id`);
CREATE INDEX `orders_bom_id_index` ON `orders` (`bom_id`);
CREATE INDEX `orders_product_model_id_index` ON `orders` (`product_model_id`);
CREATE TABLE `tools` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`tool_name` text NOT NULL,
	`tool_names` text NOT NULL,
	`description` text,
	`category` text,
	`is_active` integer DEFAULT true NOT NULL,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL
);

CREATE INDEX `tools_tool_name_key` ON `tools` (`tool_name`);
CREATE TABLE `work_instruction_steps` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`instruction_id` text NOT NULL,
	`step_number` integer NOT NULL,
	`description` text NOT NULL,
	`safety_notes` text,
	`media_file_id` text,
	`estimated_minutes` integer NOT NULL,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`instruction_id`) REFERENCES `work_instructions`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`media_file_id`) REFERENCES `file_uploads`(`id`) ON UPDATE no action ON DELETE set null
);

CREATE INDEX `work_instruction_steps_instruction_id_step_number_key` ON `work_instruction_steps` (`instruction_id`,`step_number`);
CREATE INDEX `work_instruction_steps_media_file_id_index` ON `work_instruction_steps` (`media_file_id`);
CREATE TABLE `work_instruction_tools` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`instruction_id` text NOT NULL,
	`tool_id` text NOT NULL,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`instruction_id`) REFERENCES `work_instructions`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tool_id`) REFERENCES `tools`(`id`) ON UPDATE no action ON DELETE restrict
);

CREATE INDEX `work_instruction_tools_instruction_id_tool_id_key` ON `work_instruction_tools` (`instruction_id`,`tool_id`);
CREATE INDEX `work_instruction_tools_tool_id_index` ON `work_instruction_tools` (`tool_id`);
CREATE TABLE `work_instructions` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`instruction_code` text NOT NULL,
	`instruction_version` integer NOT NULL,
	`form_id` text NOT NULL,
	`title` text NOT NULL,
	`description` text NOT NULL,
	`material_id` text,
	`status` text DEFAULT 'APPROVED' NOT NULL,
	`applies_when` text NOT NULL,
	`for_each` text,
	`for_each_when` text,
	`estimated_minutes` integer NOT NULL,
	`after_codes` text NOT NULL,
	`bom_groups` text NOT NULL,
	`material_numbers` text NOT NULL,
	`position` integer NOT NULL,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`material_id`) REFERENCES `materials`(`id`) ON UPDATE no action ON DELETE set null
);

CREATE INDEX `work_instructions_instruction_code_instruction_version_key` ON `work_instructions` (`instruction_code`,`instruction_version`);
CREATE INDEX `work_instructions_material_id_index` ON `work_instructions` (`material_id`);

-- This station alone: facts about the file itself.
CREATE TABLE local_state (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- Substring search. External content by rowid, so this file is never vacuumed in place (backups use VACUUM INTO and rebuild).
CREATE VIRTUAL TABLE materials_fts USING fts5(material_number, material_name, description, manufacturer_part_number, content='materials', tokenize='trigram remove_diacritics 1');
CREATE TRIGGER materials_fts_insert AFTER INSERT ON materials BEGIN
  INSERT INTO materials_fts(rowid, material_number, material_name, description, manufacturer_part_number) VALUES (NEW.rowid, NEW.material_number, NEW.material_name, NEW.description, NEW.manufacturer_part_number);
END;
CREATE TRIGGER materials_fts_delete AFTER DELETE ON materials BEGIN
  INSERT INTO materials_fts(materials_fts, rowid, material_number, material_name, description, manufacturer_part_number) VALUES ('delete', OLD.rowid, OLD.material_number, OLD.material_name, OLD.description, OLD.manufacturer_part_number);
END;
CREATE TRIGGER materials_fts_update AFTER UPDATE OF material_number, material_name, description, manufacturer_part_number ON materials BEGIN
  INSERT INTO materials_fts(materials_fts, rowid, material_number, material_name, description, manufacturer_part_number) VALUES ('delete', OLD.rowid, OLD.material_number, OLD.material_name, OLD.description, OLD.manufacturer_part_number);
  INSERT INTO materials_fts(rowid, material_number, material_name, description, manufacturer_part_number) VALUES (NEW.rowid, NEW.material_number, NEW.material_name, NEW.description, NEW.manufacturer_part_number);
END;

CREATE VIRTUAL TABLE orders_fts USING fts5(order_number, build_number, customer_name, project_name, sales_person, content='orders', tokenize='trigram remove_diacritics 1');
CREATE TRIGGER orders_fts_insert AFTER INSERT ON orders BEGIN
  INSERT INTO orders_fts(rowid, order_number, build_number, customer_name, project_name, sales_person) VALUES (NEW.rowid, NEW.order_number, NEW.build_number, NEW.customer_name, NEW.project_name, NEW.sales_person);
END;
CREATE TRIGGER orders_fts_delete AFTER DELETE ON orders BEGIN
  INSERT INTO orders_fts(orders_fts, rowid, order_number, build_number, customer_name, project_name, sales_person) VALUES ('delete', OLD.rowid, OLD.order_number, OLD.build_number, OLD.customer_name, OLD.project_name, OLD.sales_person);
END;
CREATE TRIGGER orders_fts_update AFTER UPDATE OF order_number, build_number, customer_name, project_name, sales_person ON orders BEGIN
  INSERT INTO orders_fts(orders_fts, rowid, order_number, build_number, customer_name, project_name, sales_person) VALUES ('delete', OLD.rowid, OLD.order_number, OLD.build_number, OLD.customer_name, OLD.project_name, OLD.sales_person);
  INSERT INTO orders_fts(rowid, order_number, build_number, customer_name, project_name, sales_person) VALUES (NEW.rowid, NEW.order_number, NEW.build_number, NEW.customer_name, NEW.project_name, NEW.sales_person);
END;
