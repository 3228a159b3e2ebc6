CREATE TABLE "work_instruction_reads" (
	"id" uuid NOT NULL,
	"organization_id" integer NOT NULL,
	"instruction_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"read_at_ms" bigint NOT NULL,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "work_instruction_reads_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "work_instruction_reads_instruction_id_user_id_key" UNIQUE NULLS NOT DISTINCT("organization_id","instruction_id","user_id")
);

CREATE TABLE "document_forms" (
	"id" uuid NOT NULL,
	"organization_id" integer NOT NULL,
	"document_name" text NOT NULL,
	"form_number" text NOT NULL,
	"form_version" text NOT NULL,
	"change_note" text NOT NULL,
	"valid_from_at_ms" bigint NOT NULL,
	"changed_by" uuid NOT NULL,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "document_forms_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "document_forms_document_name_form_number_form_version_key" UNIQUE NULLS NOT DISTINCT("organization_id","document_name","form_number","form_version")
);

CREATE TABLE "organization_branding" (
	"id" uuid NOT NULL,
	"organization_id" integer NOT NULL,
	"brand_code" text NOT NULL,
	"company_name" text,
	"display_name" text,
	"tagline" text,
	"logo_file_id" uuid,
	"color_scheme" jsonb,
	"support_email" text,
	"support_phone" text,
	"website_url" text,
	"address_line1" text,
	"address_line2" text,
	"city" text,
	"state_province" text,
	"postal_code" text,
	"country" text,
	"document_footer" jsonb,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "organization_branding_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "organization_branding_brand_code_key" UNIQUE NULLS NOT DISTINCT("organization_id","brand_code")
);

ALTER TABLE "tools" ADD COLUMN "asset_number" text;
ALTER TABLE "tools" ADD COLUMN "calibration_due_on" text;
ALTER TABLE "work_instruction_steps" ADD COLUMN "annotations" jsonb DEFAULT '[]'::jsonb NOT NULL;
ALTER TABLE "work_instructions" ADD COLUMN "change_note" text;
ALTER TABLE "work_instructions" ADD COLUMN "approved_by" uuid;
ALTER TABLE "work_instructions" ADD COLUMN "approved_at_ms" bigint;
CREATE INDEX "work_instruction_reads_user_id_index" ON "work_instruction_reads" USING btree ("user_id");
CREATE INDEX "document_forms_document_name_valid_from_at_ms_index" ON "document_forms" USING btree ("document_name","valid_from_at_ms");
CREATE INDEX "document_forms_changed_by_index" ON "document_forms" USING btree ("changed_by");
CREATE INDEX "organization_branding_logo_file_id_index" ON "organization_branding" USING btree ("logo_file_id");
CREATE INDEX "work_instructions_approved_by_index" ON "work_instructions" USING btree ("approved_by");
