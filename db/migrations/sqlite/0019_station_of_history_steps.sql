ALTER TABLE `workflow_history` ADD `station_id` text;
