namespace CrankMailer.Benchmarks.Smtp;

/// <summary>npm's nodemailer with a pool of as many connections, personalising the same edition; installed into a folder below the temporary folder.</summary>
internal static class NodemailerSender
{
    /// <returns>Its folder; null where node or the package is not to be had, which is said on stderr.</returns>
    public static async Task<string?> InstallAsync(CancellationToken ct)
    {
        var folder = Path.Combine(Path.GetTempPath(), "crankmailer-bench-nodemailer");
        Directory.CreateDirectory(folder);
        foreach (var file in new[] { "package.json", "sender.mjs" }) File.Copy(Path.Combine(AppContext.BaseDirectory, "Smtp", "nodemailer", file), Path.Combine(folder, file), overwrite: true);
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "nodemailer")) && await ToolRun.OutputAsync("npm", ["install", "--no-fund", "--no-audit", "--silent"], folder, ct) is null) return null;
        return await ToolRun.OutputAsync("node", ["--version"], folder, ct) is null ? null : folder;
    }

    public static SenderProcess Start(string folder, SampleCampaign campaign, int connections, bool signed)
    {
        var sample = Path.Combine(folder, "sample.json");
        File.WriteAllText(sample, campaign.ToJson());
        return SenderProcess.Start("node", ["sender.mjs", sample, connections.ToString(System.Globalization.CultureInfo.InvariantCulture), signed ? "rsa" : "none"], folder);
    }
}
