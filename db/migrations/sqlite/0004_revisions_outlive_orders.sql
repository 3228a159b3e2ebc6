PRAGMA foreign_keys=OFF;
CREATE TABLE `__new_order_revisions` (
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
	`updated_by` text NOT NULL
);

INSERT INTO `__new_order_revisions`("id", "organization_id", "order_id", "revision_no", "configuration", "header", "reason", "revised_at_ms", "row_version", "created_at_ms", "created_by", "updated_at_ms", "updated_by") SELECT "id", "organization_id", "order_id", "revision_no", "configuration", "header", "reason", "revised_at_ms", "row_version", "created_at_ms", "created_by", "updated_at_ms", "updated_by" FROM `order_revisions`;
DROP TABLE `order_revisions`;
ALTER TABLE `__new_order_revisions` RENAME TO `order_revisions`;
PRAGMA foreign_keys=ON;
CREATE INDEX `order_revisions_order_id_revision_no_key` ON `order_revisions` (`order_id`,`revision_no`);
