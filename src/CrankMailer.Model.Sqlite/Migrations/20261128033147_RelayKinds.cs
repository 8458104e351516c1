using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CrankMailer.Model.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class RelayKinds : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "any_certificate",
                table: "relays",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "authorities",
                table: "relays",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "client_id",
                table: "relays",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "client_secret",
                table: "relays",
                type: "BLOB",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "folder",
                table: "relays",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "kind",
                table: "relays",
                type: "TEXT",
                maxLength: 24,
                nullable: false,
                defaultValue: "smtp");

            migrationBuilder.AddColumn<string>(
                name: "token_scope",
                table: "relays",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "token_url",
                table: "relays",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "relay_talks",
                columns: table => new
                {
                    relay_id = table.Column<int>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    node = table.Column<string>(type: "TEXT", nullable: false),
                    outcome = table.Column<string>(type: "TEXT", nullable: false),
                    lines = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_relay_talks", x => x.relay_id);
                    table.ForeignKey(
                        name: "fk_relay_talks_relays_relay_id",
                        column: x => x.relay_id,
                        principalTable: "relays",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "relay_talks");

            migrationBuilder.DropColumn(
                name: "any_certificate",
                table: "relays");

            migrationBuilder.DropColumn(
                name: "authorities",
                table: "relays");

            migrationBuilder.DropColumn(
                name: "client_id",
                table: "relays");

            migrationBuilder.DropColumn(
                name: "client_secret",
                table: "relays");

            migrationBuilder.DropColumn(
                name: "folder",
                table: "relays");

            migrationBuilder.DropColumn(
                name: "kind",
                table: "relays");

            migrationBuilder.DropColumn(
                name: "token_scope",
                table: "relays");

            migrationBuilder.DropColumn(
                name: "token_url",
                table: "relays");
        }
    }
}
