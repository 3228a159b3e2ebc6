CREATE TABLE "barcode_labels" (
	"id" uuid NOT NULL,
	"organization_id" integer NOT NULL,
	"plant_id" uuid NOT NULL,
	"label_code" text NOT NULL,
	"barcode_value" text NOT NULL,
	"barcode_type" text NOT NULL,
	"label_type" text NOT NULL,
	"entity_type" text NOT NULL,
	"entity_id" text NOT NULL,
	"template_id" uuid,
	"label_format" text DEFAULT 'ZPL' NOT NULL,
	"label_size" text NOT NULL,
	"label_data" jsonb NOT NULL,
	"print_count" integer DEFAULT 0 NOT NULL,
	"last_printed_at_ms" bigint,
	"printed_by_user_id" uuid,
	"is_active" boolean DEFAULT true NOT NULL,
	"expires_at_ms" bigint,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "barcode_labels_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "barcode_labels_plant_id_label_code_key" UNIQUE NULLS NOT DISTINCT("organization_id","plant_id","label_code")
);

CREATE TABLE "label_templates" (
	"id" uuid NOT NULL,
	"organization_id" integer NOT NULL,
	"template_code" text NOT NULL,
	"template_version" integer NOT NULL,
	"label_type" text NOT NULL,
	"template_name" jsonb NOT NULL,
	"layout" jsonb NOT NULL,
	"status" text DEFAULT 'DRAFT' NOT NULL,
	"approved_by" uuid,
	"approved_at_ms" bigint,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "label_templates_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "label_templates_template_code_template_version_key" UNIQUE NULLS NOT DISTINCT("organization_id","template_code","template_version")
);

CREATE TABLE "qr_code_scans" (
	"id" uuid NOT NULL,
	"organization_id" integer NOT NULL,
	"plant_id" uuid NOT NULL,
	"scan_code" text NOT NULL,
	"barcode_type" text,
	"scanned_at_ms" bigint NOT NULL,
	"scan_location" text,
	"station_id" text NOT NULL,
	"scan_resolution" text NOT NULL,
	"entity_type" text,
	"entity_id" text,
	"operation_context" text,
	"scan_data" jsonb,
	"error_message" text,
	"scanned_by_user_id" uuid NOT NULL,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "qr_code_scans_pkey" PRIMARY KEY("organization_id","id")
);

CREATE INDEX "barcode_labels_barcode_value_index" ON "barcode_labels" USING btree ("barcode_value");
CREATE INDEX "barcode_labels_entity_type_entity_id_index" ON "barcode_labels" USING btree ("entity_type","entity_id");
CREATE INDEX "label_templates_label_type_status_index" ON "label_templates" USING btree ("label_type","status");
CREATE INDEX "label_templates_approved_by_index" ON "label_templates" USING btree ("approved_by");
CREATE INDEX "qr_code_scans_plant_id_scanned_at_ms_index" ON "qr_code_scans" USING btree ("plant_id","scanned_at_ms");
CREATE INDEX "qr_code_scans_scanned_by_user_id_scanned_at_ms_index" ON "qr_code_scans" USING btree ("scanned_by_user_id","scanned_at_ms");
CREATE INDEX "qr_code_scans_entity_type_entity_id_scanned_at_ms_index" ON "qr_code_scans" USING btree ("entity_type","entity_id","scanned_at_ms");
