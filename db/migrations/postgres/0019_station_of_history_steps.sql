ALTER TABLE "workflow_history" ADD COLUMN "station_id" text;
