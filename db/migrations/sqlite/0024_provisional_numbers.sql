ALTER TABLE `orders` ADD `provisional_number` text;
ALTER TABLE `work_orders` ADD `provisional_number` text;
ALTER TABLE `ncrs` ADD `provisional_number` text;
ALTER TABLE `shipments` ADD `provisional_number` text;
