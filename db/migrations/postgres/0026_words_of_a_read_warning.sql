ALTER TABLE "bom_warning_acknowledgements" ADD COLUMN "message" jsonb;
