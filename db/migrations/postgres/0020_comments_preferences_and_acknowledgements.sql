CREATE TABLE "notification_preferences" (
	"id" uuid NOT NULL,
	"organization_id" integer NOT NULL,
	"user_id" uuid NOT NULL,
	"choices" jsonb NOT NULL,
	"quiet_from_min" integer,
	"quiet_to_min" integer,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "notification_preferences_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "notification_preferences_user_id_key" UNIQUE NULLS NOT DISTINCT("organization_id","user_id")
);

CREATE TABLE "bom_warning_acknowledgements" (
	"id" uuid NOT NULL,
	"organization_id" integer NOT NULL,
	"plant_id" uuid NOT NULL,
	"bom_header_id" uuid NOT NULL,
	"rule" text NOT NULL,
	"place" text DEFAULT '' NOT NULL,
	"acknowledged_by" uuid NOT NULL,
	"acknowledged_at_ms" bigint NOT NULL,
	"note" text,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "bom_warning_acknowledgements_pkey" PRIMARY KEY("organization_id","id")
);

CREATE TABLE "order_comments" (
	"id" uuid NOT NULL,
	"organization_id" integer NOT NULL,
	"order_id" uuid NOT NULL,
	"thread_id" uuid,
	"author_id" uuid NOT NULL,
	"written_at_ms" bigint NOT NULL,
	"content" text NOT NULL,
	"category" text DEFAULT 'GENERAL' NOT NULL,
	"priority" text DEFAULT 'NORMAL' NOT NULL,
	"is_internal" boolean DEFAULT false NOT NULL,
	"mentions" jsonb NOT NULL,
	"edited_at_ms" bigint,
	"deleted_at_ms" bigint,
	"resolved_by" uuid,
	"resolved_at_ms" bigint,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "order_comments_pkey" PRIMARY KEY("organization_id","id")
);

ALTER TABLE "notifications" ADD COLUMN "held_until_ms" bigint;
ALTER TABLE "approvals" ADD COLUMN "step" jsonb;
ALTER TABLE "approvals" ADD COLUMN "signature_id" uuid;
CREATE INDEX "bom_warning_acknowledgements_bom_header_id_index" ON "bom_warning_acknowledgements" USING btree ("bom_header_id");
CREATE INDEX "bom_warning_acknowledgements_plant_id_index" ON "bom_warning_acknowledgements" USING btree ("plant_id");
CREATE INDEX "bom_warning_acknowledgements_acknowledged_by_index" ON "bom_warning_acknowledgements" USING btree ("acknowledged_by");
CREATE INDEX "order_comments_order_id_written_at_ms_index" ON "order_comments" USING btree ("order_id","written_at_ms");
CREATE INDEX "order_comments_author_id_index" ON "order_comments" USING btree ("author_id");
CREATE INDEX "order_comments_resolved_by_index" ON "order_comments" USING btree ("resolved_by");
CREATE INDEX "approvals_signature_id_index" ON "approvals" USING btree ("signature_id");
