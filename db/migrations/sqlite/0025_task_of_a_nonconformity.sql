ALTER TABLE `ncrs` ADD `task_id` text;
