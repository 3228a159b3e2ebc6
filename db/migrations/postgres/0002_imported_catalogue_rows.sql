ALTER TABLE "material_categories" ADD COLUMN "is_imported" boolean DEFAULT false NOT NULL;
ALTER TABLE "materials" ADD COLUMN "is_imported" boolean DEFAULT false NOT NULL;
