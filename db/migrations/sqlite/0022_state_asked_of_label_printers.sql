ALTER TABLE `printers` ADD `must_ask_state` integer DEFAULT false NOT NULL;
