CREATE TABLE `conflicts` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`unit_id` text NOT NULL,
	`station_code` text NOT NULL,
	`outcome` text NOT NULL,
	`table_name` text NOT NULL,
	`row_id` text NOT NULL,
	`row_label` text,
	`reason_code` text NOT NULL,
	`reason_values` text NOT NULL,
	`fields` text NOT NULL,
	`unit` text NOT NULL,
	`author_id` text NOT NULL,
	`occurred_at_ms` integer NOT NULL,
	`received_at_ms` integer NOT NULL,
	`state` text NOT NULL,
	`resolved_by` text,
	`resolved_at_ms` integer,
	`resolution_note` text,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`resolved_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE restrict
);

CREATE INDEX `conflicts_state_received_at_ms_index` ON `conflicts` (`state`,`received_at_ms`);
CREATE INDEX `conflicts_table_name_row_id_index` ON `conflicts` (`table_name`,`row_id`);
CREATE INDEX `conflicts_unit_id_key` ON `conflicts` (`unit_id`);
CREATE INDEX `conflicts_resolved_by_index` ON `conflicts` (`resolved_by`);
PRAGMA foreign_keys=OFF;
CREATE TABLE `__new_work_instructions` (
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
	`updated_by` text NOT NULL
);

INSERT INTO `__new_work_instructions`("id", "organization_id", "instruction_code", "instruction_version", "form_id", "title", "description", "material_id", "status", "applies_when", "for_each", "for_each_when", "estimated_minutes", "after_codes", "bom_groups", "material_numbers", "position", "row_version", "created_at_ms", "created_by", "updated_at_ms", "updated_by") SELECT "id", "organization_id", "instruction_code", "instruction_version", "form_id", "title", "description", "material_id", "status", "applies_when", "for_each", "for_each_when", "estimated_minutes", "after_codes", "bom_groups", "material_numbers", "position", "row_version", "created_at_ms", "created_by", "updated_at_ms", "updated_by" FROM `work_instructions`;
DROP TABLE `work_instructions`;
ALTER TABLE `__new_work_instructions` RENAME TO `work_instructions`;
PRAGMA foreign_keys=ON;
CREATE INDEX `work_instructions_instruction_code_instruction_version_key` ON `work_instructions` (`instruction_code`,`instruction_version`);
