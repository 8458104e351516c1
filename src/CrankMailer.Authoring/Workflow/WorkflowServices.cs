using CrankMailer.Authoring.Workflow.Pictures;
using Microsoft.Extensions.DependencyInjection;

namespace CrankMailer.Authoring.Workflow;

public static class WorkflowServices
{
    /// <summary>The desk: issues, approval, pictures, test mails. Needs CrankDb and <c>AddRendering</c>.</summary>
    public static IServiceCollection AddAuthoringWorkflow(this IServiceCollection services) => services
        .AddScoped<IssueDesk>()
        .AddScoped<EditionMaker>()
        .AddScoped<ApprovalDesk>()
        .AddScoped<PictureStore>()
        .AddScoped<TestSend>();
}
