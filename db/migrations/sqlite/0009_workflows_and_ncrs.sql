CREATE TABLE `approvals` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`entity_type` text NOT NULL,
	`entity_id` text NOT NULL,
	`entity_label` text NOT NULL,
	`transition_id` text,
	`approval_type` text NOT NULL,
	`approver_user_id` text,
	`approver_role` text,
	`status` text DEFAULT 'PENDING' NOT NULL,
	`priority` text DEFAULT 'MEDIUM' NOT NULL,
	`request_comment` text,
	`requested_by` text NOT NULL,
	`requested_at_ms` integer NOT NULL,
	`due_at_ms` integer NOT NULL,
	`responded_by` text,
	`responded_at_ms` integer,
	`approval_comment` text,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`transition_id`) REFERENCES `workflow_transitions`(`id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`approver_user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`requested_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`responded_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE restrict,
	CONSTRAINT "approvals_one_approver_check" CHECK((approver_user_id is null) <> (approver_role is null))
);

CREATE INDEX `approvals_entity_type_entity_id_status_index` ON `approvals` (`entity_type`,`entity_id`,`status`);
CREATE INDEX `approvals_status_due_at_ms_index` ON `approvals` (`status`,`due_at_ms`);
CREATE INDEX `approvals_transition_id_index` ON `approvals` (`transition_id`);
CREATE INDEX `approvals_approver_user_id_index` ON `approvals` (`approver_user_id`);
CREATE INDEX `approvals_requested_by_index` ON `approvals` (`requested_by`);
CREATE INDEX `approvals_responded_by_index` ON `approvals` (`responded_by`);
CREATE TABLE `workflow_states` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`workflow_id` text NOT NULL,
	`state_code` text NOT NULL,
	`state_name` text NOT NULL,
	`state_type` text DEFAULT 'INTERMEDIATE' NOT NULL,
	`display_order` integer NOT NULL,
	`maps_to_status` text,
	`assignee_roles` text NOT NULL,
	`notify_roles` text NOT NULL,
	`is_active` integer DEFAULT true NOT NULL,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`workflow_id`) REFERENCES `workflows`(`id`) ON UPDATE no action ON DELETE cascade
);

CREATE INDEX `workflow_states_workflow_id_state_code_key` ON `workflow_states` (`workflow_id`,`state_code`);
CREATE TABLE `workflow_transitions` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`workflow_id` text NOT NULL,
	`from_state_id` text NOT NULL,
	`to_state_id` text NOT NULL,
	`transition_code` text NOT NULL,
	`transition_name` text NOT NULL,
	`needs_approval` integer DEFAULT false NOT NULL,
	`needs_comment` integer DEFAULT false NOT NULL,
	`needs_assignment` integer DEFAULT false NOT NULL,
	`conditions` text NOT NULL,
	`guards` text NOT NULL,
	`approval` text,
	`display_order` integer NOT NULL,
	`is_active` integer DEFAULT true NOT NULL,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`workflow_id`) REFERENCES `workflows`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`from_state_id`) REFERENCES `workflow_states`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`to_state_id`) REFERENCES `workflow_states`(`id`) ON UPDATE no action ON DELETE cascade
);

CREATE INDEX `workflow_transitions_workflow_id_transition_code_key` ON `workflow_transitions` (`workflow_id`,`transition_code`);
CREATE INDEX `workflow_transitions_from_state_id_to_state_id_key` ON `workflow_transitions` (`from_state_id`,`to_state_id`);
CREATE INDEX `workflow_transitions_to_state_id_index` ON `workflow_transitions` (`to_state_id`);
CREATE TABLE `workflows` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`workflow_code` text NOT NULL,
	`workflow_version` integer DEFAULT 1 NOT NULL,
	`workflow_name` text NOT NULL,
	`description` text,
	`entity_type` text NOT NULL,
	`is_system_workflow` integer DEFAULT false NOT NULL,
	`is_active` integer DEFAULT true NOT NULL,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL
);

CREATE INDEX `workflows_entity_type_is_active_index` ON `workflows` (`entity_type`,`is_active`);
CREATE INDEX `workflows_workflow_code_workflow_version_key` ON `workflows` (`workflow_code`,`workflow_version`);
CREATE TABLE `ncrs` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`plant_id` text NOT NULL,
	`ncr_number` text NOT NULL,
	`order_id` text,
	`material_id` text,
	`inspection_log_id` text,
	`characteristic_codes` text NOT NULL,
	`ncr_type` text NOT NULL,
	`category` text NOT NULL,
	`severity` text NOT NULL,
	`needs_rework` integer NOT NULL,
	`is_return_to_maker` integer DEFAULT false NOT NULL,
	`defect_description` text NOT NULL,
	`quantity_defective_e6` integer,
	`quantity_needed_e6` integer,
	`quantity_available_e6` integer,
	`expected_on` text,
	`status` text DEFAULT 'OPEN' NOT NULL,
	`reported_by` text NOT NULL,
	`reported_at_ms` integer NOT NULL,
	`assigned_to` text,
	`corrective_action` text,
	`root_cause` text,
	`resolution_notes` text,
	`resolved_by` text,
	`resolved_at_ms` integer,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`plant_id`) REFERENCES `plants`(`id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`order_id`) REFERENCES `orders`(`id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`reported_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`assigned_to`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`resolved_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE restrict
);

CREATE INDEX `ncrs_order_id_status_index` ON `ncrs` (`order_id`,`status`);
CREATE INDEX `ncrs_status_severity_index` ON `ncrs` (`status`,`severity`);
CREATE INDEX `ncrs_ncr_number_key` ON `ncrs` (`ncr_number`);
CREATE INDEX `ncrs_plant_id_index` ON `ncrs` (`plant_id`);
CREATE INDEX `ncrs_reported_by_index` ON `ncrs` (`reported_by`);
CREATE INDEX `ncrs_assigned_to_index` ON `ncrs` (`assigned_to`);
CREATE INDEX `ncrs_resolved_by_index` ON `ncrs` (`resolved_by`);
ALTER TABLE `workflow_history` ADD `transition_code` text;
