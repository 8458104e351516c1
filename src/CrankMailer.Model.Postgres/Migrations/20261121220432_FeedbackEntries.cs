using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace CrankMailer.Model.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class FeedbackEntries : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "feedback_entries",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    kind = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    campaign_id = table.Column<int>(type: "integer", nullable: true),
                    delivery_id = table.Column<long>(type: "bigint", nullable: true),
                    outbox_mail_id = table.Column<long>(type: "bigint", nullable: true),
                    subscriber_id = table.Column<long>(type: "bigint", nullable: true),
                    @class = table.Column<string>(name: "class", type: "character varying(24)", maxLength: 24, nullable: true),
                    delayed = table.Column<bool>(type: "boolean", nullable: false),
                    status = table.Column<string>(type: "text", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: true),
                    diagnostic = table.Column<string>(type: "text", nullable: true),
                    address = table.Column<string>(type: "text", nullable: true),
                    outcome = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: false),
                    digest = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_feedback_entries", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_feedback_entries_campaign_id_delivery_id",
                table: "feedback_entries",
                columns: new[] { "campaign_id", "delivery_id" });

            migrationBuilder.CreateIndex(
                name: "ix_feedback_entries_digest",
                table: "feedback_entries",
                column: "digest",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_feedback_entries_subscriber_id",
                table: "feedback_entries",
                column: "subscriber_id");

            migrationBuilder.CreateIndex(
                name: "ix_feedback_entries_unmapped",
                table: "feedback_entries",
                column: "at",
                filter: "outcome = 'unmapped'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "feedback_entries");
        }
    }
}
