CREATE TABLE `electronic_signatures` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`entity_type` text NOT NULL,
	`entity_id` text NOT NULL,
	`meaning` text NOT NULL,
	`declaration` text NOT NULL,
	`signer_id` text NOT NULL,
	`signer_name` text NOT NULL,
	`signer_initials` text NOT NULL,
	`signed_at_ms` integer NOT NULL,
	`signed_zone` text NOT NULL,
	`method` text NOT NULL,
	`station_id` text NOT NULL,
	`signed_text` text NOT NULL,
	`content` text NOT NULL,
	`content_sha256` text NOT NULL,
	`signature_sha256` text NOT NULL,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`signer_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE restrict
);

CREATE INDEX `electronic_signatures_entity_type_entity_id_index` ON `electronic_signatures` (`entity_type`,`entity_id`);
CREATE INDEX `electronic_signatures_signer_id_signed_at_ms_index` ON `electronic_signatures` (`signer_id`,`signed_at_ms`);
CREATE TABLE `inspection_characteristics` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`plan_id` text NOT NULL,
	`point_id` text NOT NULL,
	`characteristic_code` text NOT NULL,
	`characteristic_name` text NOT NULL,
	`expectation` text,
	`sequence` integer NOT NULL,
	`data_type` text NOT NULL,
	`test_type` text,
	`is_required` integer DEFAULT true NOT NULL,
	`can_be_na` integer DEFAULT false NOT NULL,
	`is_informative` integer DEFAULT false NOT NULL,
	`is_unique` integer DEFAULT false NOT NULL,
	`is_repeated_per` text,
	`applies_when` text NOT NULL,
	`expected` text,
	`default_value` text,
	`is_signer_initials` integer DEFAULT false NOT NULL,
	`options` text NOT NULL,
	`unit` text,
	`target_value_e6` integer,
	`lower_limit_e6` integer,
	`upper_limit_e6` integer,
	`decimals` integer DEFAULT 0 NOT NULL,
	`notes_prompt` text,
	`instrument_type` text,
	`needs_file_role` text,
	`shows_plan_type` text,
	`material_number` text,
	`guide` text,
	`estimated_minutes` integer DEFAULT 0 NOT NULL,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`plan_id`) REFERENCES `inspection_plans`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`point_id`) REFERENCES `inspection_points`(`id`) ON UPDATE no action ON DELETE cascade
);

CREATE INDEX `inspection_characteristics_point_id_sequence_index` ON `inspection_characteristics` (`point_id`,`sequence`);
CREATE INDEX `inspection_characteristics_plan_id_characteristic_code_key` ON `inspection_characteristics` (`plan_id`,`characteristic_code`);
CREATE TABLE `inspection_logs` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`plant_id` text NOT NULL,
	`order_id` text NOT NULL,
	`plan_id` text NOT NULL,
	`plan_type` text NOT NULL,
	`attempt_no` integer NOT NULL,
	`revision_no` integer NOT NULL,
	`configuration_revision` integer NOT NULL,
	`status` text NOT NULL,
	`overall_result` text NOT NULL,
	`job_id` text,
	`instruments` text NOT NULL,
	`notes` text,
	`correction_of_id` text,
	`correction_reason` text,
	`failure_category` text,
	`failure_description` text,
	`needs_rework` integer,
	`inspector_id` text,
	`signed_at_ms` integer,
	`content_sha256` text,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`plant_id`) REFERENCES `plants`(`id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`order_id`) REFERENCES `orders`(`id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`plan_id`) REFERENCES `inspection_plans`(`id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`inspector_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE restrict
);

CREATE INDEX `inspection_logs_status_plan_type_index` ON `inspection_logs` (`status`,`plan_type`);
CREATE INDEX `inspection_logs_signed_at_ms_index` ON `inspection_logs` (`signed_at_ms`);
CREATE INDEX `inspection_logs_order_id_plan_type_attempt_no_revision_no_key` ON `inspection_logs` (`order_id`,`plan_type`,`attempt_no`,`revision_no`);
CREATE INDEX `inspection_logs_plant_id_index` ON `inspection_logs` (`plant_id`);
CREATE INDEX `inspection_logs_plan_id_index` ON `inspection_logs` (`plan_id`);
CREATE INDEX `inspection_logs_inspector_id_index` ON `inspection_logs` (`inspector_id`);
CREATE TABLE `inspection_measurements` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`log_id` text NOT NULL,
	`characteristic_id` text NOT NULL,
	`repeat_index` integer DEFAULT 0 NOT NULL,
	`item_label` text,
	`is_applicable` integer NOT NULL,
	`expected_value` text,
	`measured_text` text,
	`measured_value_e6` integer,
	`is_na` integer DEFAULT false NOT NULL,
	`other_text` text,
	`note` text,
	`files` text NOT NULL,
	`is_conforming` integer,
	`measured_by` text,
	`measured_at_ms` integer,
	`answer_sha256` text DEFAULT '' NOT NULL,
	`signed_at_ms` integer,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`log_id`) REFERENCES `inspection_logs`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`characteristic_id`) REFERENCES `inspection_characteristics`(`id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`measured_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE restrict
);

CREATE INDEX `inspection_measurements_characteristic_id_measured_text_index` ON `inspection_measurements` (`characteristic_id`,`measured_text`);
CREATE INDEX `inspection_measurements_log_id_characteristic_id_repeat_index_key` ON `inspection_measurements` (`log_id`,`characteristic_id`,`repeat_index`);
CREATE INDEX `inspection_measurements_measured_by_index` ON `inspection_measurements` (`measured_by`);
CREATE TABLE `inspection_plans` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`plan_code` text NOT NULL,
	`plan_version` integer NOT NULL,
	`plan_type` text NOT NULL,
	`product_family` text NOT NULL,
	`form_id` text NOT NULL,
	`plan_name` text NOT NULL,
	`description` text NOT NULL,
	`declaration` text NOT NULL,
	`setup` text,
	`status` text NOT NULL,
	`based_on_id` text,
	`published_at_ms` integer,
	`published_by` text,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`published_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE restrict
);

CREATE INDEX `inspection_plans_plan_type_product_family_status_index` ON `inspection_plans` (`plan_type`,`product_family`,`status`);
CREATE INDEX `inspection_plans_plan_code_plan_version_key` ON `inspection_plans` (`plan_code`,`plan_version`);
CREATE INDEX `inspection_plans_published_by_index` ON `inspection_plans` (`published_by`);
CREATE TABLE `inspection_points` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`plan_id` text NOT NULL,
	`point_code` text NOT NULL,
	`point_name` text NOT NULL,
	`sequence` integer NOT NULL,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`plan_id`) REFERENCES `inspection_plans`(`id`) ON UPDATE no action ON DELETE cascade
);

CREATE INDEX `inspection_points_plan_id_point_code_key` ON `inspection_points` (`plan_id`,`point_code`);
CREATE TABLE `instruments` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`instrument_code` text NOT NULL,
	`instrument_name` text NOT NULL,
	`instrument_type` text NOT NULL,
	`serial_number` text,
	`certificate_number` text,
	`last_calibrated_on` text,
	`calibration_due_on` text NOT NULL,
	`is_active` integer DEFAULT true NOT NULL,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL
);

CREATE INDEX `instruments_instrument_code_key` ON `instruments` (`instrument_code`);
ALTER TABLE `user_sessions` ADD `signing_started_at_ms` integer;
