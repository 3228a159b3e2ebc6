CREATE INDEX `print_jobs_batch_id_state_verification_batch_position_index` ON `print_jobs` (`batch_id`,`state`,`verification`,`batch_position`);
