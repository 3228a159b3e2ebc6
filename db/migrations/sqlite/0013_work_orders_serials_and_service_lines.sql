CREATE TABLE `order_lines` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`order_id` text NOT NULL,
	`line_number` integer NOT NULL,
	`material_id` text NOT NULL,
	`quantity_e6` integer NOT NULL,
	`approved_quantity_e6` integer,
	`fulfilled_quantity_e6` integer DEFAULT 0 NOT NULL,
	`notes` text,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`order_id`) REFERENCES `orders`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`material_id`) REFERENCES `materials`(`id`) ON UPDATE no action ON DELETE restrict
);

CREATE INDEX `order_lines_order_id_material_id_key` ON `order_lines` (`order_id`,`material_id`);
CREATE INDEX `order_lines_material_id_index` ON `order_lines` (`material_id`);
CREATE TABLE `operation_task_events` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`task_id` text NOT NULL,
	`event_type` text NOT NULL,
	`user_id` text NOT NULL,
	`occurred_at_ms` integer NOT NULL,
	`worked_seconds` integer DEFAULT 0 NOT NULL,
	`note` text,
	`station_id` text NOT NULL,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`task_id`) REFERENCES `operation_tasks`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE restrict
);

CREATE INDEX `operation_task_events_task_id_occurred_at_ms_index` ON `operation_task_events` (`task_id`,`occurred_at_ms`);
CREATE INDEX `operation_task_events_user_id_index` ON `operation_task_events` (`user_id`);
CREATE TABLE `operation_task_parts` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`task_id` text NOT NULL,
	`material_number` text NOT NULL,
	`material_name` text NOT NULL,
	`from_material_number` text DEFAULT '' NOT NULL,
	`quantity_e6` integer NOT NULL,
	`uom_code` text NOT NULL,
	`is_confirmed` integer DEFAULT false NOT NULL,
	`confirmed_at_ms` integer,
	`confirmed_by` text,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`task_id`) REFERENCES `operation_tasks`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`confirmed_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE restrict
);

CREATE INDEX `operation_task_parts_task_id_material_number_from_material_number_key` ON `operation_task_parts` (`task_id`,`material_number`,`from_material_number`);
CREATE INDEX `operation_task_parts_confirmed_by_index` ON `operation_task_parts` (`confirmed_by`);
CREATE TABLE `operation_task_tools` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`task_id` text NOT NULL,
	`tool_id` text NOT NULL,
	`is_confirmed` integer DEFAULT false NOT NULL,
	`confirmed_at_ms` integer,
	`confirmed_by` text,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`task_id`) REFERENCES `operation_tasks`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tool_id`) REFERENCES `tools`(`id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`confirmed_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE restrict
);

CREATE INDEX `operation_task_tools_task_id_tool_id_key` ON `operation_task_tools` (`task_id`,`tool_id`);
CREATE INDEX `operation_task_tools_tool_id_index` ON `operation_task_tools` (`tool_id`);
CREATE INDEX `operation_task_tools_confirmed_by_index` ON `operation_task_tools` (`confirmed_by`);
CREATE TABLE `operation_tasks` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`plant_id` text NOT NULL,
	`operation_id` text NOT NULL,
	`task_code` text NOT NULL,
	`sequence` integer NOT NULL,
	`instruction_id` text,
	`group_kind` text,
	`group_index` integer,
	`description` text,
	`after_codes` text NOT NULL,
	`estimated_minutes` integer NOT NULL,
	`is_required` integer DEFAULT true NOT NULL,
	`is_rework` integer DEFAULT false NOT NULL,
	`ncr_id` text,
	`characteristic_codes` text DEFAULT '[]' NOT NULL,
	`carried_from_id` text,
	`started_at_ms` integer,
	`started_by` text,
	`is_completed` integer DEFAULT false NOT NULL,
	`completed_at_ms` integer,
	`completed_by` text,
	`undone_at_ms` integer,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`plant_id`) REFERENCES `plants`(`id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`operation_id`) REFERENCES `work_order_operations`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`instruction_id`) REFERENCES `work_instructions`(`id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`ncr_id`) REFERENCES `ncrs`(`id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`started_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`completed_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE restrict
);

CREATE INDEX `operation_tasks_ncr_id_index` ON `operation_tasks` (`ncr_id`);
CREATE INDEX `operation_tasks_started_by_index` ON `operation_tasks` (`started_by`);
CREATE INDEX `operation_tasks_operation_id_task_code_key` ON `operation_tasks` (`operation_id`,`task_code`);
CREATE INDEX `operation_tasks_plant_id_index` ON `operation_tasks` (`plant_id`);
CREATE INDEX `operation_tasks_instruction_id_index` ON `operation_tasks` (`instruction_id`);
CREATE INDEX `operation_tasks_completed_by_index` ON `operation_tasks` (`completed_by`);
CREATE TABLE `work_order_operations` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`work_order_id` text NOT NULL,
	`operation_number` integer NOT NULL,
	`operation_name` text NOT NULL,
	`bom_id` text NOT NULL,
	`configuration_revision` integer NOT NULL,
	`is_active` integer DEFAULT true NOT NULL,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`work_order_id`) REFERENCES `work_orders`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`bom_id`) REFERENCES `bom_headers`(`id`) ON UPDATE no action ON DELETE restrict
);

CREATE INDEX `work_order_operations_work_order_id_operation_number_key` ON `work_order_operations` (`work_order_id`,`operation_number`);
CREATE INDEX `work_order_operations_bom_id_index` ON `work_order_operations` (`bom_id`);
CREATE TABLE `work_orders` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`plant_id` text NOT NULL,
	`work_order_number` text NOT NULL,
	`order_id` text,
	`order_type` text DEFAULT 'ASSEMBLY' NOT NULL,
	`order_status` text DEFAULT 'PLANNED' NOT NULL,
	`planned_quantity_e6` integer DEFAULT 1000000 NOT NULL,
	`started_at_ms` integer,
	`completed_at_ms` integer,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`plant_id`) REFERENCES `plants`(`id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`order_id`) REFERENCES `orders`(`id`) ON UPDATE no action ON DELETE restrict
);

CREATE INDEX `work_orders_order_id_index` ON `work_orders` (`order_id`);
CREATE INDEX `work_orders_order_status_index` ON `work_orders` (`order_status`);
CREATE INDEX `work_orders_plant_id_work_order_number_key` ON `work_orders` (`plant_id`,`work_order_number`);
CREATE TABLE `batch_numbers` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`plant_id` text NOT NULL,
	`order_id` text NOT NULL,
	`material_number` text NOT NULL,
	`batch_number` text NOT NULL,
	`bom_line_id` text,
	`basin_index` integer DEFAULT 0 NOT NULL,
	`quantity_e6` integer,
	`task_id` text,
	`captured_by` text NOT NULL,
	`captured_at_ms` integer NOT NULL,
	`captured_with` text DEFAULT 'KEYS' NOT NULL,
	`station_id` text NOT NULL,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`plant_id`) REFERENCES `plants`(`id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`order_id`) REFERENCES `orders`(`id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`captured_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE restrict
);

CREATE INDEX `batch_numbers_order_id_index` ON `batch_numbers` (`order_id`);
CREATE INDEX `batch_numbers_material_number_batch_number_index` ON `batch_numbers` (`material_number`,`batch_number`);
CREATE INDEX `batch_numbers_plant_id_index` ON `batch_numbers` (`plant_id`);
CREATE INDEX `batch_numbers_captured_by_index` ON `batch_numbers` (`captured_by`);
CREATE TABLE `serial_numbers` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`plant_id` text NOT NULL,
	`material_number` text NOT NULL,
	`serial_number` text NOT NULL,
	`status` text DEFAULT 'INSTALLED' NOT NULL,
	`order_id` text,
	`bom_line_id` text,
	`basin_index` integer,
	`task_id` text,
	`captured_by` text NOT NULL,
	`captured_at_ms` integer NOT NULL,
	`captured_where` text DEFAULT 'BUILD' NOT NULL,
	`captured_with` text DEFAULT 'KEYS' NOT NULL,
	`station_id` text NOT NULL,
	`notes` text,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`plant_id`) REFERENCES `plants`(`id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`order_id`) REFERENCES `orders`(`id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`captured_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE restrict
);

CREATE INDEX `serial_numbers_serial_number_index` ON `serial_numbers` (`serial_number`);
CREATE INDEX `serial_numbers_order_id_index` ON `serial_numbers` (`order_id`);
CREATE INDEX `serial_numbers_material_number_serial_number_key` ON `serial_numbers` (`material_number`,`serial_number`);
CREATE INDEX `serial_numbers_plant_id_index` ON `serial_numbers` (`plant_id`);
CREATE INDEX `serial_numbers_captured_by_index` ON `serial_numbers` (`captured_by`);
ALTER TABLE `orders` ADD `requested_by` text REFERENCES users(id);
ALTER TABLE `orders` ADD `requested_at_ms` integer;
ALTER TABLE `orders` ADD `expected_on` text;
ALTER TABLE `orders` ADD `internal_notes` text;
ALTER TABLE `orders` ADD `processed_by` text REFERENCES users(id);
ALTER TABLE `orders` ADD `processed_at_ms` integer;
CREATE INDEX `orders_requested_by_index` ON `orders` (`requested_by`);
CREATE INDEX `orders_processed_by_index` ON `orders` (`processed_by`);
ALTER TABLE `work_instructions` ADD `check_codes` text DEFAULT '[]' NOT NULL;
