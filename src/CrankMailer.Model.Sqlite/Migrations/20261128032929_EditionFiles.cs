using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CrankMailer.Model.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class EditionFiles : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "retired_at",
                table: "dkim_keys",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "edition_files",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    edition_id = table.Column<int>(type: "INTEGER", nullable: false),
                    position = table.Column<int>(type: "INTEGER", nullable: false),
                    inline = table.Column<bool>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    media_type = table.Column<string>(type: "TEXT", nullable: false),
                    bytes = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_edition_files", x => x.id);
                    table.ForeignKey(
                        name: "fk_edition_files_editions_edition_id",
                        column: x => x.edition_id,
                        principalTable: "editions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_edition_files_edition_id_position",
                table: "edition_files",
                columns: new[] { "edition_id", "position" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "edition_files");

            migrationBuilder.DropColumn(
                name: "retired_at",
                table: "dkim_keys");
        }
    }
}
