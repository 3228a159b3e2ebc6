CREATE INDEX `workflow_history_entity_type_performed_at_ms_index` ON `workflow_history` (`entity_type`,`performed_at_ms`);
