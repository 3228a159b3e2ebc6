CREATE TABLE `barcode_labels` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`plant_id` text NOT NULL,
	`label_code` text NOT NULL,
	`barcode_value` text NOT NULL,
	`barcode_type` text NOT NULL,
	`label_type` text NOT NULL,
	`entity_type` text NOT NULL,
	`entity_id` text NOT NULL,
	`template_id` text,
	`label_format` text DEFAULT 'ZPL' NOT NULL,
	`label_size` text NOT NULL,
	`label_data` text NOT NULL,
	`print_count` integer DEFAULT 0 NOT NULL,
	`last_printed_at_ms` integer,
	`printed_by_user_id` text,
	`is_active` integer DEFAULT true NOT NULL,
	`expires_at_ms` integer,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`plant_id`) REFERENCES `plants`(`id`) ON UPDATE no action ON DELETE restrict
);

CREATE INDEX `barcode_labels_barcode_value_index` ON `barcode_labels` (`barcode_value`);
CREATE INDEX `barcode_labels_entity_type_entity_id_index` ON `barcode_labels` (`entity_type`,`entity_id`);
CREATE INDEX `barcode_labels_plant_id_label_code_key` ON `barcode_labels` (`plant_id`,`label_code`);
CREATE TABLE `label_templates` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`template_code` text NOT NULL,
	`template_version` integer NOT NULL,
	`label_type` text NOT NULL,
	`template_name` text NOT NULL,
	`layout` text NOT NULL,
	`status` text DEFAULT 'DRAFT' NOT NULL,
	`approved_by` text,
	`approved_at_ms` integer,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`approved_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE restrict
);

CREATE INDEX `label_templates_label_type_status_index` ON `label_templates` (`label_type`,`status`);
CREATE INDEX `label_templates_template_code_template_version_key` ON `label_templates` (`template_code`,`template_version`);
CREATE INDEX `label_templates_approved_by_index` ON `label_templates` (`approved_by`);
CREATE TABLE `print_jobs` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`printer_id` text NOT NULL,
	`prints` text NOT NULL,
	`title` text NOT NULL,
	`barcode_label_id` text,
	`content_key` text NOT NULL,
	`barcode_value` text DEFAULT '' NOT NULL,
	`content` text NOT NULL,
	`copies` integer DEFAULT 1 NOT NULL,
	`state` text NOT NULL,
	`state_code` text DEFAULT '' NOT NULL,
	`state_detail` text DEFAULT '' NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`queued_at_ms` integer NOT NULL,
	`queue_position` integer NOT NULL,
	`ended_at_ms` integer,
	`batch_id` text,
	`batch_position` integer,
	`reprint_of` text,
	`reprint_reason` text,
	`verification` text DEFAULT 'NONE' NOT NULL,
	`verified_text` text DEFAULT '' NOT NULL,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`printer_id`) REFERENCES `printers`(`id`) ON UPDATE no action ON DELETE restrict
);

CREATE INDEX `print_jobs_state_queue_position_index` ON `print_jobs` (`state`,`queue_position`);
CREATE INDEX `print_jobs_printer_id_state_queue_position_index` ON `print_jobs` (`printer_id`,`state`,`queue_position`);
CREATE INDEX `print_jobs_batch_id_batch_position_index` ON `print_jobs` (`batch_id`,`batch_position`);
CREATE INDEX `print_jobs_content_key_queued_at_ms_index` ON `print_jobs` (`content_key`,`queued_at_ms`);
CREATE TABLE `print_routes` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`prints` text NOT NULL,
	`printer_id` text NOT NULL,
	`fallback_printer_id` text,
	`template_code` text,
	`copies` integer DEFAULT 1 NOT NULL,
	`is_verified` integer DEFAULT false NOT NULL,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`printer_id`) REFERENCES `printers`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`fallback_printer_id`) REFERENCES `printers`(`id`) ON UPDATE no action ON DELETE set null
);

CREATE INDEX `print_routes_prints_key` ON `print_routes` (`prints`);
CREATE INDEX `print_routes_printer_id_index` ON `print_routes` (`printer_id`);
CREATE INDEX `print_routes_fallback_printer_id_index` ON `print_routes` (`fallback_printer_id`);
CREATE TABLE `printers` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`printer_name` text NOT NULL,
	`printer_kind` text NOT NULL,
	`language` text NOT NULL,
	`host` text DEFAULT '' NOT NULL,
	`port` integer DEFAULT 0 NOT NULL,
	`folder` text DEFAULT '' NOT NULL,
	`system_name` text DEFAULT '' NOT NULL,
	`density_dpi` integer DEFAULT 203 NOT NULL,
	`media_width_um` integer DEFAULT 101600 NOT NULL,
	`media_height_um` integer DEFAULT 50800 NOT NULL,
	`media_name` text DEFAULT '' NOT NULL,
	`darkness` integer,
	`timeout_ms` integer DEFAULT 10000 NOT NULL,
	`is_active` integer DEFAULT true NOT NULL,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL
);

CREATE INDEX `printers_printer_name_key` ON `printers` (`printer_name`);
CREATE TABLE `qr_code_scans` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`plant_id` text NOT NULL,
	`scan_code` text NOT NULL,
	`barcode_type` text,
	`scanned_at_ms` integer NOT NULL,
	`scan_location` text,
	`station_id` text NOT NULL,
	`scan_resolution` text NOT NULL,
	`entity_type` text,
	`entity_id` text,
	`operation_context` text,
	`scan_data` text,
	`error_message` text,
	`scanned_by_user_id` text NOT NULL,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`plant_id`) REFERENCES `plants`(`id`) ON UPDATE no action ON DELETE restrict
);

CREATE INDEX `qr_code_scans_plant_id_scanned_at_ms_index` ON `qr_code_scans` (`plant_id`,`scanned_at_ms`);
CREATE INDEX `qr_code_scans_scanned_by_user_id_scanned_at_ms_index` ON `qr_code_scans` (`scanned_by_user_id`,`scanned_at_ms`);
CREATE INDEX `qr_code_scans_entity_type_entity_id_scanned_at_ms_index` ON `qr_code_scans` (`entity_type`,`entity_id`,`scanned_at_ms`);
