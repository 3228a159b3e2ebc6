ALTER TABLE `materials` ADD `warehouse_location` text;
ALTER TABLE `materials` ADD `bin_location` text;
CREATE INDEX `materials_bin_location_index` ON `materials` (`bin_location`);
