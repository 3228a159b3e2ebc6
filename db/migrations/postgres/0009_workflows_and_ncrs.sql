CREATE TABLE "approvals" (
	"id" uuid NOT NULL,
	"organization_id" integer NOT NULL,
	"entity_type" text NOT NULL,
	"entity_id" text NOT NULL,
	"entity_label" text NOT NULL,
	"transition_id" uuid,
	"approval_type" text NOT NULL,
	"approver_user_id" uuid,
	"approver_role" text,
	"status" text DEFAULT 'PENDING' NOT NULL,
	"priority" text DEFAULT 'MEDIUM' NOT NULL,
	"request_comment" text,
	"requested_by" uuid NOT NULL,
	"requested_at_ms" bigint NOT NULL,
	"due_at_ms" bigint NOT NULL,
	"responded_by" uuid,
	"responded_at_ms" bigint,
	"approval_comment" text,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "approvals_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "approvals_one_approver_check" CHECK ((approver_user_id is null) <> (approver_role is null))
);

CREATE TABLE "workflow_states" (
	"id" uuid NOT NULL,
	"organization_id" integer NOT NULL,
	"workflow_id" uuid NOT NULL,
	"state_code" text NOT NULL,
	"state_name" jsonb NOT NULL,
	"state_type" text DEFAULT 'INTERMEDIATE' NOT NULL,
	"display_order" integer NOT NULL,
	"maps_to_status" text,
	"assignee_roles" jsonb NOT NULL,
	"notify_roles" jsonb NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "workflow_states_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "workflow_states_workflow_id_state_code_key" UNIQUE NULLS NOT DISTINCT("organization_id","workflow_id","state_code")
);

CREATE TABLE "workflow_transitions" (
	"id" uuid NOT NULL,
	"organization_id" integer NOT NULL,
	"workflow_id" uuid NOT NULL,
	"from_state_id" uuid NOT NULL,
	"to_state_id" uuid NOT NULL,
	"transition_code" text NOT NULL,
	"transition_name" jsonb NOT NULL,
	"needs_approval" boolean DEFAULT false NOT NULL,
	"needs_comment" boolean DEFAULT false NOT NULL,
	"needs_assignment" boolean DEFAULT false NOT NULL,
	"conditions" jsonb NOT NULL,
	"guards" jsonb NOT NULL,
	"approval" jsonb,
	"display_order" integer NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "workflow_transitions_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "workflow_transitions_workflow_id_transition_code_key" UNIQUE NULLS NOT DISTINCT("organization_id","workflow_id","transition_code"),
	CONSTRAINT "workflow_transitions_from_state_id_to_state_id_key" UNIQUE NULLS NOT DISTINCT("organization_id","from_state_id","to_state_id")
);

CREATE TABLE "workflows" (
	"id" uuid NOT NULL,
	"organization_id" integer NOT NULL,
	"workflow_code" text NOT NULL,
	"workflow_version" integer DEFAULT 1 NOT NULL,
	"workflow_name" jsonb NOT NULL,
	"description" text,
	"entity_type" text NOT NULL,
	"is_system_workflow" boolean DEFAULT false NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "workflows_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "workflows_workflow_code_workflow_version_key" UNIQUE NULLS NOT DISTINCT("organization_id","workflow_code","workflow_version")
);

CREATE TABLE "ncrs" (
	"id" uuid NOT NULL,
	"organization_id" integer NOT NULL,
	"plant_id" uuid NOT NULL,
	"ncr_number" text NOT NULL,
	"order_id" uuid,
	"material_id" uuid,
	"inspection_log_id" uuid,
	"characteristic_codes" jsonb NOT NULL,
	"ncr_type" text NOT NULL,
	"category" text NOT NULL,
	"severity" text NOT NULL,
	"needs_rework" boolean NOT NULL,
	"is_return_to_maker" boolean DEFAULT false NOT NULL,
	"defect_description" text NOT NULL,
	"quantity_defective_e6" bigint,
	"quantity_needed_e6" bigint,
	"quantity_available_e6" bigint,
	"expected_on" text,
	"status" text DEFAULT 'OPEN' NOT NULL,
	"reported_by" uuid NOT NULL,
	"reported_at_ms" bigint NOT NULL,
	"assigned_to" uuid,
	"corrective_action" text,
	"root_cause" text,
	"resolution_notes" text,
	"resolved_by" uuid,
	"resolved_at_ms" bigint,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "ncrs_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "ncrs_ncr_number_key" UNIQUE NULLS NOT DISTINCT("organization_id","ncr_number")
);

ALTER TABLE "workflow_history" ADD COLUMN "transition_code" text;
CREATE INDEX "approvals_entity_type_entity_id_status_index" ON "approvals" USING btree ("entity_type","entity_id","status");
CREATE INDEX "approvals_status_due_at_ms_index" ON "approvals" USING btree ("status","due_at_ms");
CREATE INDEX "approvals_transition_id_index" ON "approvals" USING btree ("transition_id");
CREATE INDEX "approvals_approver_user_id_index" ON "approvals" USING btree ("approver_user_id");
CREATE INDEX "approvals_requested_by_index" ON "approvals" USING btree ("requested_by");
CREATE INDEX "approvals_responded_by_index" ON "approvals" USING btree ("responded_by");
CREATE INDEX "workflow_transitions_to_state_id_index" ON "workflow_transitions" USING btree ("to_state_id");
CREATE INDEX "workflows_entity_type_is_active_index" ON "workflows" USING btree ("entity_type","is_active");
CREATE INDEX "ncrs_order_id_status_index" ON "ncrs" USING btree ("order_id","status");
CREATE INDEX "ncrs_status_severity_index" ON "ncrs" USING btree ("status","severity");
CREATE INDEX "ncrs_plant_id_index" ON "ncrs" USING btree ("plant_id");
CREATE INDEX "ncrs_reported_by_index" ON "ncrs" USING btree ("reported_by");
CREATE INDEX "ncrs_assigned_to_index" ON "ncrs" USING btree ("assigned_to");
CREATE INDEX "ncrs_resolved_by_index" ON "ncrs" USING btree ("resolved_by");
