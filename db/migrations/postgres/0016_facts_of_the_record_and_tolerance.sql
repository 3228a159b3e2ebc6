ALTER TABLE "inspection_characteristics" ADD COLUMN "record_as" text;
ALTER TABLE "inspection_characteristics" ADD COLUMN "tolerance_e6" bigint;
