CREATE TABLE `notification_preferences` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`user_id` text NOT NULL,
	`choices` text NOT NULL,
	`quiet_from_min` integer,
	`quiet_to_min` integer,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE restrict
);

CREATE INDEX `notification_preferences_user_id_key` ON `notification_preferences` (`user_id`);
CREATE TABLE `bom_warning_acknowledgements` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`plant_id` text NOT NULL,
	`bom_header_id` text NOT NULL,
	`rule` text NOT NULL,
	`place` text DEFAULT '' NOT NULL,
	`acknowledged_by` text NOT NULL,
	`acknowledged_at_ms` integer NOT NULL,
	`note` text,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`plant_id`) REFERENCES `plants`(`id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`acknowledged_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE restrict
);

CREATE INDEX `bom_warning_acknowledgements_bom_header_id_index` ON `bom_warning_acknowledgements` (`bom_header_id`);
CREATE INDEX `bom_warning_acknowledgements_plant_id_index` ON `bom_warning_acknowledgements` (`plant_id`);
CREATE INDEX `bom_warning_acknowledgements_acknowledged_by_index` ON `bom_warning_acknowledgements` (`acknowledged_by`);
CREATE TABLE `order_comments` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`order_id` text NOT NULL,
	`thread_id` text,
	`author_id` text NOT NULL,
	`written_at_ms` integer NOT NULL,
	`content` text NOT NULL,
	`category` text DEFAULT 'GENERAL' NOT NULL,
	`priority` text DEFAULT 'NORMAL' NOT NULL,
	`is_internal` integer DEFAULT false NOT NULL,
	`mentions` text NOT NULL,
	`edited_at_ms` integer,
	`deleted_at_ms` integer,
	`resolved_by` text,
	`resolved_at_ms` integer,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`order_id`) REFERENCES `orders`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`author_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`resolved_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE restrict
);

CREATE INDEX `order_comments_order_id_written_at_ms_index` ON `order_comments` (`order_id`,`written_at_ms`);
CREATE INDEX `order_comments_author_id_index` ON `order_comments` (`author_id`);
CREATE INDEX `order_comments_resolved_by_index` ON `order_comments` (`resolved_by`);
ALTER TABLE `notifications` ADD `held_until_ms` integer;
ALTER TABLE `approvals` ADD `step` text;
ALTER TABLE `approvals` ADD `signature_id` text REFERENCES electronic_signatures(id);
CREATE INDEX `approvals_signature_id_index` ON `approvals` (`signature_id`);
