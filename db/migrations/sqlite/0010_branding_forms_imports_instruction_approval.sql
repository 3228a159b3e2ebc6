CREATE TABLE `work_instruction_reads` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`instruction_id` text NOT NULL,
	`user_id` text NOT NULL,
	`read_at_ms` integer NOT NULL,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`instruction_id`) REFERENCES `work_instructions`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE restrict
);

CREATE INDEX `work_instruction_reads_instruction_id_user_id_key` ON `work_instruction_reads` (`instruction_id`,`user_id`);
CREATE INDEX `work_instruction_reads_user_id_index` ON `work_instruction_reads` (`user_id`);
CREATE TABLE `document_forms` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`document_name` text NOT NULL,
	`form_number` text NOT NULL,
	`form_version` text NOT NULL,
	`change_note` text NOT NULL,
	`valid_from_at_ms` integer NOT NULL,
	`changed_by` text NOT NULL,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`changed_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE restrict
);

CREATE INDEX `document_forms_document_name_valid_from_at_ms_index` ON `document_forms` (`document_name`,`valid_from_at_ms`);
CREATE INDEX `document_forms_document_name_form_number_form_version_key` ON `document_forms` (`document_name`,`form_number`,`form_version`);
CREATE INDEX `document_forms_changed_by_index` ON `document_forms` (`changed_by`);
CREATE TABLE `organization_branding` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`brand_code` text NOT NULL,
	`company_name` text,
	`display_name` text,
	`tagline` text,
	`logo_file_id` text,
	`color_scheme` text,
	`support_email` text,
	`support_phone` text,
	`website_url` text,
	`address_line1` text,
	`address_line2` text,
	`city` text,
	`state_province` text,
	`postal_code` text,
	`country` text,
	`document_footer` text,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`logo_file_id`) REFERENCES `file_uploads`(`id`) ON UPDATE no action ON DELETE set null
);

CREATE INDEX `organization_branding_brand_code_key` ON `organization_branding` (`brand_code`);
CREATE INDEX `organization_branding_logo_file_id_index` ON `organization_branding` (`logo_file_id`);
CREATE TABLE `spreadsheet_imports` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`user_id` text NOT NULL,
	`import_kind` text NOT NULL,
	`file_name` text NOT NULL,
	`file_sha256` text NOT NULL,
	`file_size_bytes` integer NOT NULL,
	`mapping` text NOT NULL,
	`edits` text NOT NULL,
	`state` text DEFAULT 'OPEN' NOT NULL,
	`counts` text,
	`applied_at_ms` integer,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE restrict
);

CREATE INDEX `spreadsheet_imports_user_id_state_created_at_ms_index` ON `spreadsheet_imports` (`user_id`,`state`,`created_at_ms`);
ALTER TABLE `tools` ADD `asset_number` text;
ALTER TABLE `tools` ADD `calibration_due_on` text;
ALTER TABLE `work_instruction_steps` ADD `annotations` text DEFAULT '[]' NOT NULL;
ALTER TABLE `work_instructions` ADD `change_note` text;
ALTER TABLE `work_instructions` ADD `approved_by` text REFERENCES users(id);
ALTER TABLE `work_instructions` ADD `approved_at_ms` integer;
CREATE INDEX `work_instructions_approved_by_index` ON `work_instructions` (`approved_by`);
