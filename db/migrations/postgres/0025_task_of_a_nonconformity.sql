ALTER TABLE "ncrs" ADD COLUMN "task_id" uuid;
