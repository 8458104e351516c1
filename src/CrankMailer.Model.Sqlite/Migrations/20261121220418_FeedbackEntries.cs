using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CrankMailer.Model.Sqlite.Migrations
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
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    kind = table.Column<string>(type: "TEXT", maxLength: 24, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    source = table.Column<string>(type: "TEXT", nullable: false),
                    campaign_id = table.Column<int>(type: "INTEGER", nullable: true),
                    delivery_id = table.Column<long>(type: "INTEGER", nullable: true),
                    outbox_mail_id = table.Column<long>(type: "INTEGER", nullable: true),
                    subscriber_id = table.Column<long>(type: "INTEGER", nullable: true),
                    @class = table.Column<string>(name: "class", type: "TEXT", maxLength: 24, nullable: true),
                    delayed = table.Column<bool>(type: "INTEGER", nullable: false),
                    status = table.Column<string>(type: "TEXT", nullable: true),
                    reason = table.Column<string>(type: "TEXT", nullable: true),
                    diagnostic = table.Column<string>(type: "TEXT", nullable: true),
                    address = table.Column<string>(type: "TEXT", nullable: true),
                    outcome = table.Column<string>(type: "TEXT", maxLength: 24, nullable: false),
                    digest = table.Column<byte[]>(type: "BLOB", nullable: false)
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
