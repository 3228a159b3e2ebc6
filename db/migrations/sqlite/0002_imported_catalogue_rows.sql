ALTER TABLE `material_categories` ADD `is_imported` integer DEFAULT false NOT NULL;
ALTER TABLE `materials` ADD `is_imported` integer DEFAULT false NOT NULL;
