ALTER TABLE `bom_warning_acknowledgements` ADD `message` text;
