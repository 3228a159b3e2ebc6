ALTER TABLE `inspection_characteristics` ADD `shows_file_roles` text DEFAULT '[]' NOT NULL;
