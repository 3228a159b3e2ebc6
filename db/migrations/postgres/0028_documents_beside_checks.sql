ALTER TABLE "inspection_characteristics" ADD COLUMN "shows_file_roles" jsonb DEFAULT '[]'::jsonb NOT NULL;
