ALTER TABLE `inspection_characteristics` ADD `record_as` text;
ALTER TABLE `inspection_characteristics` ADD `tolerance_e6` integer;
