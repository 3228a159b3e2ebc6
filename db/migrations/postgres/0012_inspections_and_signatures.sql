CREATE TABLE "electronic_signatures" (
	"id" uuid NOT NULL,
	"organization_id" integer NOT NULL,
	"entity_type" text NOT NULL,
	"entity_id" text NOT NULL,
	"meaning" text NOT NULL,
	"declaration" text NOT NULL,
	"signer_id" uuid NOT NULL,
	"signer_name" text NOT NULL,
	"signer_initials" text NOT NULL,
	"signed_at_ms" bigint NOT NULL,
	"signed_zone" text NOT NULL,
	"method" text NOT NULL,
	"station_id" text NOT NULL,
	"signed_text" text NOT NULL,
	"content" jsonb NOT NULL,
	"content_sha256" text NOT NULL,
	"signature_sha256" text NOT NULL,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "electronic_signatures_pkey" PRIMARY KEY("organization_id","id")
);

CREATE TABLE "inspection_characteristics" (
	"id" uuid NOT NULL,
	"organization_id" integer NOT NULL,
	"plan_id" uuid NOT NULL,
	"point_id" uuid NOT NULL,
	"characteristic_code" text NOT NULL,
	"characteristic_name" jsonb NOT NULL,
	"expectation" jsonb,
	"sequence" integer NOT NULL,
	"data_type" text NOT NULL,
	"test_type" text,
	"is_required" boolean DEFAULT true NOT NULL,
	"can_be_na" boolean DEFAULT false NOT NULL,
	"is_informative" boolean DEFAULT false NOT NULL,
	"is_unique" boolean DEFAULT false NOT NULL,
	"is_repeated_per" text,
	"applies_when" text NOT NULL,
	"expected" text,
	"default_value" text,
	"is_signer_initials" boolean DEFAULT false NOT NULL,
	"options" jsonb NOT NULL,
	"unit" text,
	"target_value_e6" bigint,
	"lower_limit_e6" bigint,
	"upper_limit_e6" bigint,
	"decimals" integer DEFAULT 0 NOT NULL,
	"notes_prompt" jsonb,
	"instrument_type" text,
	"needs_file_role" text,
	"shows_plan_type" text,
	"material_number" text,
	"guide" jsonb,
	"estimated_minutes" integer DEFAULT 0 NOT NULL,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "inspection_characteristics_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "inspection_characteristics_plan_id_characteristic_code_key" UNIQUE NULLS NOT DISTINCT("organization_id","plan_id","characteristic_code")
);

CREATE TABLE "inspection_logs" (
	"id" uuid NOT NULL,
	"organization_id" integer NOT NULL,
	"plant_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"plan_id" uuid NOT NULL,
	"plan_type" text NOT NULL,
	"attempt_no" integer NOT NULL,
	"revision_no" integer NOT NULL,
	"configuration_revision" integer NOT NULL,
	"status" text NOT NULL,
	"overall_result" text NOT NULL,
	"job_id" text,
	"instruments" jsonb NOT NULL,
	"notes" text,
	"correction_of_id" uuid,
	"correction_reason" text,
	"failure_category" text,
	"failure_description" text,
	"needs_rework" boolean,
	"inspector_id" uuid,
	"signed_at_ms" bigint,
	"content_sha256" text,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "inspection_logs_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "inspection_logs_order_id_plan_type_attempt_no_revision_no_key" UNIQUE NULLS NOT DISTINCT("organization_id","order_id","plan_type","attempt_no","revision_no")
);

CREATE TABLE "inspection_measurements" (
	"id" uuid NOT NULL,
	"organization_id" integer NOT NULL,
	"log_id" uuid NOT NULL,
	"characteristic_id" uuid NOT NULL,
	"repeat_index" integer DEFAULT 0 NOT NULL,
	"item_label" text,
	"is_applicable" boolean NOT NULL,
	"expected_value" text,
	"measured_text" text,
	"measured_value_e6" bigint,
	"is_na" boolean DEFAULT false NOT NULL,
	"other_text" text,
	"note" text,
	"files" jsonb NOT NULL,
	"is_conforming" boolean,
	"measured_by" uuid,
	"measured_at_ms" bigint,
	"answer_sha256" text DEFAULT '' NOT NULL,
	"signed_at_ms" bigint,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "inspection_measurements_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "inspection_measurements_log_id_characteristic_id_repeat_index_key" UNIQUE NULLS NOT DISTINCT("organization_id","log_id","characteristic_id","repeat_index")
);

CREATE TABLE "inspection_plans" (
	"id" uuid NOT NULL,
	"organization_id" integer NOT NULL,
	"plan_code" text NOT NULL,
	"plan_version" integer NOT NULL,
	"plan_type" text NOT NULL,
	"product_family" text NOT NULL,
	"form_id" text NOT NULL,
	"plan_name" jsonb NOT NULL,
	"description" jsonb NOT NULL,
	"declaration" jsonb NOT NULL,
	"setup" jsonb,
	"status" text NOT NULL,
	"based_on_id" uuid,
	"published_at_ms" bigint,
	"published_by" uuid,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "inspection_plans_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "inspection_plans_plan_code_plan_version_key" UNIQUE NULLS NOT DISTINCT("organization_id","plan_code","plan_version")
);

CREATE TABLE "inspection_points" (
	"id" uuid NOT NULL,
	"organization_id" integer NOT NULL,
	"plan_id" uuid NOT NULL,
	"point_code" text NOT NULL,
	"point_name" jsonb NOT NULL,
	"sequence" integer NOT NULL,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "inspection_points_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "inspection_points_plan_id_point_code_key" UNIQUE NULLS NOT DISTINCT("organization_id","plan_id","point_code")
);

CREATE TABLE "instruments" (
	"id" uuid NOT NULL,
	"organization_id" integer NOT NULL,
	"instrument_code" text NOT NULL,
	"instrument_name" text NOT NULL,
	"instrument_type" text NOT NULL,
	"serial_number" text,
	"certificate_number" text,
	"last_calibrated_on" text,
	"calibration_due_on" text NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "instruments_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "instruments_instrument_code_key" UNIQUE NULLS NOT DISTINCT("organization_id","instrument_code")
);

CREATE INDEX "electronic_signatures_entity_type_entity_id_index" ON "electronic_signatures" USING btree ("entity_type","entity_id");
CREATE INDEX "electronic_signatures_signer_id_signed_at_ms_index" ON "electronic_signatures" USING btree ("signer_id","signed_at_ms");
CREATE INDEX "inspection_characteristics_point_id_sequence_index" ON "inspection_characteristics" USING btree ("point_id","sequence");
CREATE INDEX "inspection_logs_status_plan_type_index" ON "inspection_logs" USING btree ("status","plan_type");
CREATE INDEX "inspection_logs_signed_at_ms_index" ON "inspection_logs" USING btree ("signed_at_ms");
CREATE INDEX "inspection_logs_plant_id_index" ON "inspection_logs" USING btree ("plant_id");
CREATE INDEX "inspection_logs_plan_id_index" ON "inspection_logs" USING btree ("plan_id");
CREATE INDEX "inspection_logs_inspector_id_index" ON "inspection_logs" USING btree ("inspector_id");
CREATE INDEX "inspection_measurements_characteristic_id_measured_text_index" ON "inspection_measurements" USING btree ("characteristic_id","measured_text");
CREATE INDEX "inspection_measurements_measured_by_index" ON "inspection_measurements" USING btree ("measured_by");
CREATE INDEX "inspection_plans_plan_type_product_family_status_index" ON "inspection_plans" USING btree ("plan_type","product_family","status");
CREATE INDEX "inspection_plans_published_by_index" ON "inspection_plans" USING btree ("published_by");
