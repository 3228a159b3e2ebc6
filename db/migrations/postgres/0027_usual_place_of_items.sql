ALTER TABLE "materials" ADD COLUMN "warehouse_location" text;
ALTER TABLE "materials" ADD COLUMN "bin_location" text;
CREATE INDEX "materials_bin_location_index" ON "materials" USING btree ("bin_location");
