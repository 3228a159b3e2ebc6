ALTER TABLE "inspection_measurements" ADD COLUMN "task_id" uuid;
ALTER TABLE "inspection_measurements" ADD COLUMN "serial_id" uuid;
