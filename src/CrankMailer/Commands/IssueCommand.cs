using System.CommandLine;

namespace CrankMailer.Commands;

/// <summary><c>issue import|save|export|render|check</c>.</summary>
internal static class IssueCommand
{
    public static Command Create() => new("issue", "Issues: from a draft, into and out of the database, through the theme.")
    {
        IssueImportCommand.Create(), IssueStoreCommand.CreateSave(), IssueStoreCommand.CreateExport(), IssueRenderCommand.CreateRender(), IssueRenderCommand.CreateCheck(),
    };
}
