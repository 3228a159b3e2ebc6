ALTER TABLE `inspection_measurements` ADD `task_id` text;
ALTER TABLE `inspection_measurements` ADD `serial_id` text;
